// A second verifier, written from docs/verify.md alone and sharing no line with the first. It checks what is signed: the tree, the
// checkpoints, receipts, texts, and that an entry is included. It does not derive figures.
//
//   node verify.mjs LEDGER.jsonl --key FILE [--cosigned-by FILE] [--checkpoint FILE]… [--receipt FILE]…
//   node verify.mjs --figure FIGURE.json --key FILE
//
// Exit: 0 verified, 1 contradiction, 2 could not check.
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

class Contradiction extends Error {} // the ledger is not what was signed
class Unreadable extends Error {}    // nothing can be said

const list = { type: "string", multiple: true, default: [] };
const { values: asked, positionals } = parseArgs({ allowPositionals: true, options: { key: list, "cosigned-by": list, checkpoint: list, receipt: list, figure: { type: "string" } } });

const sha256 = (...parts) => parts.reduce((h, part) => h.update(part), createHash("sha256")).digest();
const leafHash = canonical => sha256(Buffer.of(0), canonical);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

function readKey(file) { // name+hash+base64(algorithm, public key); a name may hold no "+"
  const [name, id, encoded] = readFileSync(file, "utf8").trim().split(/\+(.{8})\+/);
  const raw = Buffer.from(encoded ?? "", "base64");
  if (raw.length !== 33 || sha256(name + "\n", raw).subarray(0, 4).toString("hex") !== id) throw new Unreadable(`${file} is no key`);
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw.subarray(1)]);
  return { name, id, timed: raw[0] === 4, public: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

function openNote(note, keys, whose) { // returns the text; each pinned key either has not signed or has signed truly
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0) throw new Unreadable(`${whose} is no signed note`);
  const text = note.slice(0, cut + 1);
  const signers = [];
  for (const line of note.slice(cut + 2).split("\n").slice(0, -1)) {
    const [dash, name, encoded] = line.split(" ");
    const raw = Buffer.from(encoded ?? "", "base64");
    const key = keys.find(k => k.name === name && k.id === raw.subarray(0, 4).toString("hex"));
    if (dash !== "—" || !key) continue;
    const signed = key.timed ? `cosignature/v1\ntime ${raw.readBigUInt64BE(4)}\n${text}` : text;
    if (!verifySignature(null, Buffer.from(signed), key.public, raw.subarray(key.timed ? 12 : 4))) throw new Contradiction(`${whose}: ${name} did not sign this`);
    signers.push(name);
  }
  return { text, signers };
}

function parseCheckpoint({ text, signers }, whose) {
  const match = /^(.+)\n(0|[1-9]\d*)\n([A-Za-z0-9+/]{43}=)\n$/.exec(text);
  if (!match) throw new Unreadable(`${whose} is no checkpoint`);
  return { origin: match[1], size: Number(match[2]), root: match[3], ours: signers.includes(match[1]) };
}

function parseReceipt({ text, signers }, whose) {
  const [first, ...lines] = text.trimEnd().split("\n");
  const origin = first.replace(/\/receipt$/, "");
  if (origin === first || !signers.includes(origin)) throw new Unreadable(`${whose} is no receipt by a pinned key`);
  return lines.map(line => ({ entry: Number(line.split(" ")[0]), leaf: line.split(" ")[1] }));
}

// given reads a file that was handed over beside the ledger: whatever is wrong with it is not the ledger's fault.
function given(file, parse) {
  try { return parse(openNote(readFileSync(file, "utf8"), keys, file), file); } catch (e) { throw new Unreadable(e.message); }
}

function checkLedger(file) {
  const raw = readFileSync(file);
  const lines = raw.toString("utf8").split("\n");
  let header, end;
  try { header = JSON.parse(lines[0]); end = JSON.parse(lines.at(-2)).end; } catch { throw new Unreadable("cut, or no ledger"); }
  if (header.tenggat_bundle !== 1) throw new Unreadable("a version of the format that is not known here");
  const before = raw.subarray(0, raw.lastIndexOf(10, raw.length - 2) + 1);
  if (!end || lines.at(-1) !== "" || sha256(before).toString("hex") !== end.sha256) throw new Unreadable("altered on its way: fetch it again");

  const claims = new Map(); // size of the tree -> what must hold then
  const claim = (size, check) => claims.set(size, [...(claims.get(size) ?? []), check]);
  for (const f of asked.checkpoint) {
    const c = given(f, parseCheckpoint);
    if (!c.ours) throw new Unreadable(`${f} is not signed by a pinned key`);
    claim(c.size, root => { if (root !== c.root) throw new Contradiction(`the ledger does not go on from ${f}`); });
  }
  for (const f of asked.receipt) for (const p of given(f, parseReceipt)) claim(p.entry, (_, leaf) => { if (leaf !== p.leaf) throw new Contradiction(`entry ${p.entry} is not the one that ${f} promises`); });

  let stack = [], size = 0, recorded = "", leaf = "", signedUpTo = 0, cosigned = 0; // stack: roots of complete subtrees, largest first
  const root = () => (stack.length ? stack.map(s => s.hash).reduceRight((right, left) => nodeHash(left, right)) : sha256("")).toString("base64");
  const seen = new Set();
  for (const line of lines.slice(1, -2)) {
    const item = JSON.parse(line);
    if (item.entry !== undefined) {
      const entry = JSON.parse(item.entry);
      let hash = leafHash(item.entry);
      leaf = hash.toString("base64");
      size++;
      let height = 0;
      for (; stack.at(-1)?.height === height; height++) hash = nodeHash(stack.pop().hash, hash);
      stack.push({ height, hash });
      if (entry.v !== 1) throw new Unreadable(`entry ${size} is of a newer version`);
      if (leaf !== item.leaf) throw new Contradiction(`entry ${size} was edited`);
      if (entry.entry !== size || entry.program !== header.program) throw new Contradiction(`entry ${size} is missing or out of place`);
      if (entry.recorded_at < recorded) throw new Contradiction(`entry ${size} is dated before the one ahead of it`);
      recorded = entry.recorded_at;
      const event = JSON.stringify([entry.source, entry.event_id]);
      if (seen.has(event)) throw new Contradiction(`entry ${size} repeats an event`);
      seen.add(event);
      for (const [field, { salt, text }] of Object.entries(item.texts ?? {}))
        if (sha256(Buffer.from(salt, "base64"), text).toString("hex") !== entry.texts[field]) throw new Contradiction(`text ${field} of entry ${size} is not the one recorded`);
      for (const check of claims.get(size) ?? []) check(root(), leaf);
      claims.delete(size);
    } else {
      const note = openNote(item.checkpoint, [...keys, ...witnesses], `the checkpoint after entry ${size}`);
      const c = parseCheckpoint(note, `the checkpoint after entry ${size}`);
      if (!c.ours) continue;
      if (c.size !== size || c.root !== root()) throw new Contradiction(`what was signed for ${c.size} entries is not what they are`);
      signedUpTo = size;
      if (witnesses.some(w => note.signers.includes(w.name))) cosigned++;
    }
  }
  for (const late of claims.keys()) throw new Contradiction(`entry ${late} was promised or signed and is not there`);
  if (!signedUpTo) throw new Unreadable("nothing is signed by a pinned key");
  if (witnesses.length && !cosigned) throw new Unreadable("nothing is cosigned by the witness");
  return `${size} entries, signed up to ${signedUpTo}`;
}

function checkFigure(file) {
  let figure;
  try { figure = JSON.parse(readFileSync(file, "utf8")); } catch { throw new Unreadable("no figure"); }
  if (figure.tenggat_figure !== 1) throw new Unreadable("a version of the format that is not known here");
  const c = parseCheckpoint(openNote(figure.checkpoint, keys, "its checkpoint"), "its checkpoint");
  if (!c.ours) throw new Unreadable("its checkpoint is not signed by a pinned key");
  for (const { entry: canonical, inclusion } of figure.entries) { // RFC 9162, 2.1.3.2
    const number = JSON.parse(canonical).entry;
    let at = number - 1, last = c.size - 1, hash = leafHash(canonical);
    for (const next of inclusion.map(h => Buffer.from(h, "base64"))) {
      if (at % 2 || at === last) {
        hash = nodeHash(next, hash);
        while (at && at % 2 === 0) { at /= 2; last = Math.floor(last / 2); }
      } else hash = nodeHash(hash, next);
      at = Math.floor(at / 2); last = Math.floor(last / 2);
    }
    if (last !== 0 || hash.toString("base64") !== c.root) throw new Contradiction(`entry ${number} is not in the tree that was signed`);
  }
  return `${figure.entries.length} entries are in the tree of ${c.size} that was signed; the sum is not derived here`;
}

let keys, witnesses;
try {
  keys = asked.key.map(readKey);
  witnesses = asked["cosigned-by"].map(readKey);
  if (!keys.length) throw new Unreadable("no key is pinned");
  console.log("verified: " + (asked.figure ? checkFigure(asked.figure) : checkLedger(positionals[0])));
} catch (e) {
  console.error(`${e instanceof Contradiction ? "contradiction" : "could not check"}: ${e.message}`);
  process.exitCode = e instanceof Contradiction ? 1 : 2;
}
