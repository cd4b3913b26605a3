// Command gpx_flamewatch is the backend of the Flamewatch profiles data source,
// run by Grafana.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"

	profiles "github.com/flamewatch/profiles/pkg/datasource"
	"github.com/flamewatch/profiles/pkg/jfr"
)

// maxRequest is the largest request that is taken: a recording with what is around it.
const maxRequest = jfr.MaxBytes + 1<<20

func main() {
	options := datasource.ManageOpts{GRPCSettings: backend.GRPCSettings{MaxReceiveMsgSize: maxRequest}}
	if err := datasource.Manage(profiles.ID, profiles.New, options); err != nil {
		log.DefaultLogger.Error("The Flamewatch profiles backend stopped", "error", err.Error())
		os.Exit(1)
	}
}
