// Command gpx_flamewatch is the backend of the Flamewatch profiles data source,
// run by Grafana.
package main

import (
	"os"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/grafana/grafana-plugin-sdk-go/backend/log"

	profiles "github.com/flamewatch/profiles/pkg/datasource"
)

func main() {
	if err := datasource.Manage(profiles.ID, profiles.New, datasource.ManageOpts{}); err != nil {
		log.DefaultLogger.Error("The Flamewatch profiles backend stopped", "error", err.Error())
		os.Exit(1)
	}
}
