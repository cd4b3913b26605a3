package hostpage

import (
	"maps"
	"net/http"
	"sync"
)

// userStorage is what plugins keep for the one user, by the name of the storage; gone with the process.
type userStorage struct {
	mu   sync.Mutex
	kept map[string]map[string]string
}

// userStorageBody is the part of Grafana's userstorage.grafana.app/v0alpha1 that its front end reads and writes.
type userStorageBody struct {
	Spec struct {
		Data map[string]string `json:"data"`
	} `json:"spec"`
}

// handleUserStorage answers with what is kept, after what a PATCH brings has been added. A storage that nobody wrote to is
// empty; in Grafana it would be missing until then.
func (s *Server) handleUserStorage(w http.ResponseWriter, r *http.Request) {
	var change userStorageBody
	if r.Method == http.MethodPatch {
		if err := readJSON(w, r, &change); err != nil {
			writeError(w, http.StatusBadRequest, err.Error())
			return
		}
	}
	s.userStorage.mu.Lock()
	defer s.userStorage.mu.Unlock()
	name := r.PathValue("name")
	if s.userStorage.kept[name] == nil {
		s.userStorage.kept[name] = map[string]string{}
	}
	maps.Copy(s.userStorage.kept[name], change.Spec.Data)
	var answer userStorageBody
	answer.Spec.Data = s.userStorage.kept[name]
	writeJSON(w, http.StatusOK, answer)
}
