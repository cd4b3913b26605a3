package returns

import (
	"context"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"time"
)

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 500 {
		if is() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal(what)
}

func TestParcelsArePiledUpUntilItIsSwitchedOff(t *testing.T) {
	shelf := NewShelf(time.Millisecond)
	handler := shelf.Handler(t.Context())
	post := func(query string) int {
		answer := httptest.NewRecorder()
		handler(answer, httptest.NewRequest(http.MethodPost, "/returns"+query, nil))
		return answer.Code
	}
	before := runtime.NumGoroutine()
	if code := post(""); code != http.StatusBadRequest || shelf.Parcels() != 0 {
		t.Fatalf("code %d, %d parcels", code, shelf.Parcels())
	}
	if code := post("?on=true"); code != http.StatusOK {
		t.Fatalf("code %d", code)
	}
	eventually(t, "no parcels", func() bool { return shelf.Parcels() >= 20 })
	if grown := runtime.NumGoroutine() - before; grown < 20 {
		t.Errorf("%d goroutines more", grown)
	}
	post("?on=true") // twice is once
	post("?on=false")
	if shelf.Parcels() != 0 {
		t.Errorf("%d parcels are left", shelf.Parcels())
	}
	eventually(t, "goroutines are left", func() bool { return runtime.NumGoroutine() <= before+1 })
}

func TestTheShelfIsFullAtLast(t *testing.T) {
	shelf := NewShelf(time.Hour)
	ctx, stop := context.WithCancel(t.Context())
	for range mostParcels + 10 {
		shelf.keepParcel(ctx)
	}
	if shelf.Parcels() != mostParcels {
		t.Errorf("%d parcels", shelf.Parcels())
	}
	stop()
	shelf.keepParcel(ctx)
	if shelf.Parcels() != mostParcels {
		t.Error("a parcel was taken in after closing time")
	}
}
