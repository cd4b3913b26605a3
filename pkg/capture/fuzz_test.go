package capture

import "testing"

// Whatever the settings hold, targets have addresses of their own and limits that hold.
func FuzzParseTargets(f *testing.F) {
	f.Add([]byte(`[{"id":"shop","url":"http://shop:6060","labels":{"service_name":"shop"}}]`))
	f.Add([]byte(`[{"id":"etcd","kind":"etcd","path":"/debug/pprof","instances":[{"name":"a","url":"https://a:2379"}],"mostSeconds":600,"atOnce":3}]`))
	f.Fuzz(func(t *testing.T, list []byte) {
		targets, _, err := ParseTargets(list, nil)
		if err != nil {
			return
		}
		for _, target := range targets {
			if target.MostSeconds < 1 || target.MostSeconds > maxSeconds || target.AtOnce < 1 || target.AtOnce > maxAtOnce || len(target.Instances) == 0 {
				t.Fatalf("%s gives %+v", list, target)
			}
			for _, instance := range target.Instances {
				if instance.base.Hostname() == "" || instance.base.User != nil {
					t.Fatalf("%s gives the address %s", list, instance.base)
				}
			}
		}
	})
}
