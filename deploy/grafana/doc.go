// Package grafana has no code: its tests hold Grafana's provisioning for a cluster to what the app ships, and try the
// script that installs the app.
package grafana
