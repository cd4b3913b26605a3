package alloy

// The arguments and blocks of the components that our configurations use, for Alloy's decoder refuses what a struct does
// not have. Kept from Alloy's reference, v1.20 (https://grafana.com/docs/alloy/v1.20/reference/components/, read on
// 2026-11-29): discovery.kubernetes, discovery.process, discovery.relabel, pyroscope.scrape, pyroscope.ebpf, pyroscope.java,
// pyroscope.write. Blocks for credentials and TLS, and arguments of proxies, are left out: whoever needs one adds it here
// first.

type targets = []map[string]string

type loggingBlock struct {
	Level  string `alloy:"level,attr,optional"`
	Format string `alloy:"format,attr,optional"`
}

type discoveryKubernetes struct {
	APIServer       string               `alloy:"api_server,attr,optional"`
	Role            string               `alloy:"role,attr"`
	KubeconfigFile  string               `alloy:"kubeconfig_file,attr,optional"`
	BearerTokenFile string               `alloy:"bearer_token_file,attr,optional"`
	EnableHTTP2     bool                 `alloy:"enable_http2,attr,optional"`
	FollowRedirects bool                 `alloy:"follow_redirects,attr,optional"`
	Namespaces      *kubernetesNamespace `alloy:"namespaces,block,optional"`
	Selectors       []kubernetesSelector `alloy:"selectors,block,optional"`
	AttachMetadata  *kubernetesMetadata  `alloy:"attach_metadata,block,optional"`
}

type kubernetesNamespace struct {
	OwnNamespace bool     `alloy:"own_namespace,attr,optional"`
	Names        []string `alloy:"names,attr,optional"`
}

type kubernetesSelector struct {
	Role  string `alloy:"role,attr"`
	Label string `alloy:"label,attr,optional"`
	Field string `alloy:"field,attr,optional"`
}

type kubernetesMetadata struct {
	Node bool `alloy:"node,attr,optional"`
}

type discoveryProcess struct {
	Join            targets `alloy:"join,attr,optional"`
	RefreshInterval string  `alloy:"refresh_interval,attr,optional"`
}

type discoveryRelabel struct {
	Targets targets `alloy:"targets,attr"`
	Rules   []rule  `alloy:"rule,block,optional"`
}

type rule struct {
	Action       string   `alloy:"action,attr,optional"`
	SourceLabels []string `alloy:"source_labels,attr,optional"`
	Separator    string   `alloy:"separator,attr,optional"`
	Regex        string   `alloy:"regex,attr,optional"`
	Modulus      int      `alloy:"modulus,attr,optional"`
	TargetLabel  string   `alloy:"target_label,attr,optional"`
	Replacement  string   `alloy:"replacement,attr,optional"`
}

type pyroscopeScrape struct {
	ForwardTo              []string            `alloy:"forward_to,attr"`
	Targets                targets             `alloy:"targets,attr"`
	BearerTokenFile        string              `alloy:"bearer_token_file,attr,optional"`
	DeltaProfilingDuration string              `alloy:"delta_profiling_duration,attr,optional"`
	EnableHTTP2            bool                `alloy:"enable_http2,attr,optional"`
	FollowRedirects        bool                `alloy:"follow_redirects,attr,optional"`
	JobName                string              `alloy:"job_name,attr,optional"`
	Params                 map[string][]string `alloy:"params,attr,optional"`
	Scheme                 string              `alloy:"scheme,attr,optional"`
	ScrapeInterval         string              `alloy:"scrape_interval,attr,optional"`
	ScrapeTimeout          string              `alloy:"scrape_timeout,attr,optional"`
	Clustering             *clustering         `alloy:"clustering,block,optional"`
	ProfilingConfig        profilingConfig     `alloy:"profiling_config,block,optional"`
}

type clustering struct {
	Enabled bool `alloy:"enabled,attr"`
}

// profilingConfig holds nil for a kind of profile that the configuration does not name.
type profilingConfig struct {
	PathPrefix string    `alloy:"path_prefix,attr,optional"`
	ProcessCPU *profile  `alloy:"profile.process_cpu,block,optional"`
	Memory     *profile  `alloy:"profile.memory,block,optional"`
	Goroutine  *profile  `alloy:"profile.goroutine,block,optional"`
	Block      *profile  `alloy:"profile.block,block,optional"`
	Mutex      *profile  `alloy:"profile.mutex,block,optional"`
	Fgprof     *profile  `alloy:"profile.fgprof,block,optional"`
	DeltaMem   *profile  `alloy:"profile.godeltaprof_memory,block,optional"`
	DeltaMutex *profile  `alloy:"profile.godeltaprof_mutex,block,optional"`
	DeltaBlock *profile  `alloy:"profile.godeltaprof_block,block,optional"`
	Custom     []profile `alloy:"profile.custom,block,optional"`
}

type profile struct {
	Enabled bool   `alloy:"enabled,attr,optional"`
	Path    string `alloy:"path,attr,optional"`
	Delta   bool   `alloy:"delta,attr,optional"`
}

// What pyroscope.ebpf understands since it became the OpenTelemetry profiler (v1.9) and did not lose since.
type pyroscopeEBPF struct {
	ForwardTo       []string `alloy:"forward_to,attr"`
	Targets         targets  `alloy:"targets,attr"`
	CollectInterval string   `alloy:"collect_interval,attr,optional"`
	SampleRate      int      `alloy:"sample_rate,attr,optional"`
	Demangle        string   `alloy:"demangle,attr,optional"`
	PythonEnabled   bool     `alloy:"python_enabled,attr,optional"`
}

type pyroscopeJava struct {
	ForwardTo       []string   `alloy:"forward_to,attr"`
	Targets         targets    `alloy:"targets,attr"`
	TmpDir          string     `alloy:"tmp_dir,attr,optional"`
	ProfilingConfig javaConfig `alloy:"profiling_config,block,optional"`
}

type javaConfig struct {
	Interval   string `alloy:"interval,attr,optional"`
	CPU        bool   `alloy:"cpu,attr,optional"`
	Event      string `alloy:"event,attr,optional"`
	PerThread  bool   `alloy:"per_thread,attr,optional"`
	SampleRate int    `alloy:"sample_rate,attr,optional"`
	Alloc      string `alloy:"alloc,attr,optional"`
	Lock       string `alloy:"lock,attr,optional"`
	LogLevel   string `alloy:"log_level,attr,optional"`
	Quiet      bool   `alloy:"quiet,attr,optional"`
}

type pyroscopeWrite struct {
	ExternalLabels map[string]string `alloy:"external_labels,attr,optional"`
	Endpoints      []writeEndpoint   `alloy:"endpoint,block,optional"`
}

type writeEndpoint struct {
	URL               string            `alloy:"url,attr"`
	Name              string            `alloy:"name,attr,optional"`
	BearerTokenFile   string            `alloy:"bearer_token_file,attr,optional"`
	EnableHTTP2       bool              `alloy:"enable_http2,attr,optional"`
	FollowRedirects   bool              `alloy:"follow_redirects,attr,optional"`
	Headers           map[string]string `alloy:"headers,attr,optional"`
	MaxBackoffPeriod  string            `alloy:"max_backoff_period,attr,optional"`
	MaxBackoffRetries int               `alloy:"max_backoff_retries,attr,optional"`
	MinBackoffPeriod  string            `alloy:"min_backoff_period,attr,optional"`
	RemoteTimeout     string            `alloy:"remote_timeout,attr,optional"`
	RetryOnHTTP429    bool              `alloy:"retry_on_http_429,attr,optional"`
}
