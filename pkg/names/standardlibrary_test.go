package names

import "testing"

func TestIsStandardLibrary(t *testing.T) {
	standard := []string{
		"runtime.mallocgc", "encoding/json.(*encodeState).marshal", "internal/strconv.dboxFtoa64", "type:.eq.main.Order",
		"crypto/internal/fips140/sha256.(*Digest).Write", "slices.SortFunc[...]",
		"java.util.HashMap.get", "java/lang/String.concat", "jdk.internal.misc.Unsafe.park",
		"System.String.Concat", "std::rt::lang_start", "core::iter::Iterator::fold", "<alloc::vec::Vec<T> as Clone>::clone",
		"node:internal/process:10", "/usr/lib/python3.11/json/encoder.py:iterencode", "do_syscall_64_[k]", "malloc",
	}
	own := []string{
		"example.com/orderservice/orders.serializeOrder", "main.main", "github.com/acme/json.Marshal", "orders.Save",
		"com.example.Checkout.place", "Orders.Checkout.Place", "orders::checkout::place", "place_order (orders/checkout.py:31)",
		"/usr/lib/python3.11/site-packages/django/core/base.py:run", "timescale::insert", "other", "total", "",
	}
	for _, name := range standard {
		if !IsStandardLibrary(name) {
			t.Errorf("%q is of a standard library", name)
		}
	}
	for _, name := range own {
		if IsStandardLibrary(name) {
			t.Errorf("%q is not of a standard library", name)
		}
	}
}
