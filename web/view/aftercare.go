package view

import (
	"strings"

	"tenggat/internal/i18n"
	"tenggat/internal/metrics"
)

// auditName says what an audit checks, and why.
func (w words) auditName(a metrics.Audit) string {
	duties := strings.Join(a.Duties, ", ")
	if a.Trigger == metrics.SystemChange {
		return w.T(i18n.AuditRecheck, duties)
	}
	return w.T(i18n.AuditPeriodic, duties)
}
