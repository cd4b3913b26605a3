package hostpage

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// Datasource is a datasource as Grafana's API shows it; secrets are kept apart and never leave the server.
type Datasource struct {
	ID              int64           `json:"id"`
	UID             string          `json:"uid"`
	OrgID           int64           `json:"orgId"`
	Name            string          `json:"name"`
	Type            string          `json:"type"`
	TypeName        string          `json:"typeName"`
	Access          string          `json:"access"`
	URL             string          `json:"url"`
	User            string          `json:"user"`
	Database        string          `json:"database"`
	BasicAuth       bool            `json:"basicAuth"`
	BasicAuthUser   string          `json:"basicAuthUser"`
	WithCredentials bool            `json:"withCredentials"`
	IsDefault       bool            `json:"isDefault"`
	JSONData        map[string]any  `json:"jsonData"`
	SecureFields    map[string]bool `json:"secureJsonFields"`
	Version         int             `json:"version"`
	ReadOnly        bool            `json:"readOnly"`

	secrets map[string]string
	updated time.Time
}

// Datasources holds the provisioned datasources. Changes made in the page last until the server stops.
type Datasources struct {
	mu   sync.RWMutex
	list []Datasource
}

// NewDatasources takes over the provisioned datasources whose plugins are there; the names of the others are returned.
func NewDatasources(provisioned []ProvisionedDatasource, plugins []*Plugin) (*Datasources, []string, error) {
	all := &Datasources{}
	var unknown []string
	for _, entry := range provisioned {
		at := slices.IndexFunc(plugins, func(p *Plugin) bool { return p.ID == entry.Type && p.Type == "datasource" })
		if at < 0 {
			unknown = append(unknown, fmt.Sprintf("%s (%s)", entry.Name, entry.Type))
			continue
		}
		if entry.UID == "" || entry.Name == "" {
			return nil, nil, fmt.Errorf("a provisioned datasource of type %s has no uid or no name", entry.Type)
		}
		if _, taken := all.Get(entry.UID); taken {
			return nil, nil, fmt.Errorf("two provisioned datasources have the uid %q", entry.UID)
		}
		jsonData := entry.JSONData
		if jsonData == nil {
			jsonData = map[string]any{}
		}
		secrets := entry.SecureJSONData
		if secrets == nil {
			secrets = map[string]string{}
		}
		all.list = append(all.list, Datasource{
			ID: int64(len(all.list) + 1), UID: entry.UID, OrgID: 1, Name: entry.Name, Type: entry.Type,
			TypeName: plugins[at].Name, Access: "proxy", URL: entry.URL, User: entry.User,
			BasicAuth: entry.BasicAuth, BasicAuthUser: entry.BasicAuthUser, WithCredentials: entry.WithCredentials,
			IsDefault: entry.IsDefault, JSONData: jsonData, SecureFields: secureFields(secrets), Version: 1,
			secrets: secrets, updated: time.Now(),
		})
	}
	return all, unknown, nil
}

func secureFields(secrets map[string]string) map[string]bool {
	fields := make(map[string]bool, len(secrets))
	for name, value := range secrets {
		fields[name] = value != ""
	}
	return fields
}

// List returns the datasources in the order of provisioning.
func (d *Datasources) List() []Datasource {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.Clone(d.list)
}

// Get finds a datasource by its uid.
func (d *Datasources) Get(uid string) (Datasource, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	at := slices.IndexFunc(d.list, func(ds Datasource) bool { return ds.UID == uid })
	if at < 0 {
		return Datasource{}, false
	}
	return d.list[at], true
}

// DatasourceChange is the body of Grafana's PUT /api/datasources/uid/:uid.
type DatasourceChange struct {
	Name            string            `json:"name"`
	URL             string            `json:"url"`
	User            string            `json:"user"`
	BasicAuth       bool              `json:"basicAuth"`
	BasicAuthUser   string            `json:"basicAuthUser"`
	WithCredentials bool              `json:"withCredentials"`
	IsDefault       bool              `json:"isDefault"`
	JSONData        map[string]any    `json:"jsonData"`
	SecureJSONData  map[string]string `json:"secureJsonData"`
	SecureFields    map[string]bool   `json:"secureJsonFields"`
}

// Update changes a datasource. As in Grafana a secret is replaced when secureJsonData names it and forgotten when
// secureJsonFields says false.
func (d *Datasources) Update(uid string, change DatasourceChange) (Datasource, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := slices.IndexFunc(d.list, func(ds Datasource) bool { return ds.UID == uid })
	if at < 0 {
		return Datasource{}, false
	}
	ds := d.list[at]
	if name := strings.TrimSpace(change.Name); name != "" {
		ds.Name = name
	}
	ds.URL, ds.User = change.URL, change.User
	ds.BasicAuth, ds.BasicAuthUser, ds.WithCredentials = change.BasicAuth, change.BasicAuthUser, change.WithCredentials
	ds.IsDefault = change.IsDefault
	if change.JSONData != nil {
		ds.JSONData = change.JSONData
	}
	secrets := map[string]string{}
	for name, value := range ds.secrets {
		if kept, named := change.SecureFields[name]; !named || kept {
			secrets[name] = value
		}
	}
	for name, value := range change.SecureJSONData {
		secrets[name] = value
	}
	ds.secrets, ds.SecureFields = secrets, secureFields(secrets)
	ds.Version++
	ds.updated = time.Now()
	d.list[at] = ds
	return ds, true
}

// instanceSettings is the datasource as the backend gets it, secrets included.
func (ds Datasource) instanceSettings() (*backend.DataSourceInstanceSettings, error) {
	jsonData, err := json.Marshal(ds.JSONData)
	if err != nil {
		return nil, err
	}
	return &backend.DataSourceInstanceSettings{
		ID: ds.ID, UID: ds.UID, Type: ds.Type, Name: ds.Name, URL: ds.URL, User: ds.User, Database: ds.Database,
		BasicAuthEnabled: ds.BasicAuth, BasicAuthUser: ds.BasicAuthUser,
		JSONData: jsonData, DecryptedSecureJSONData: ds.secrets, Updated: ds.updated,
	}, nil
}
