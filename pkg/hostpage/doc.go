// Package hostpage serves the built plugins to a browser without a Grafana: a stand for looking at them and for testing
// them, never a second Grafana.
//
// It runs the real backend binary over Grafana's plugin protocol, answers the part of Grafana's HTTP API that the
// plugins call, in Grafana's shapes, and serves the plugins' files at the addresses where Grafana serves them. The page
// itself, built from the real @grafana packages, lives in playground/.
//
// It has one organisation and one user, an administrator. Signing, roles, alert evaluation, folders, saving a dashboard
// and everything else of a Grafana server is not here; a request for it is answered 501 with a sentence that says so.
package hostpage
