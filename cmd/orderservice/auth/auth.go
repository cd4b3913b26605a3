// Package auth checks the API keys of tenants.
package auth

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha256"
	"errors"
	"fmt"
)

// rounds is the cost of one check; enough to be seen, far too little for passwords.
const rounds = 160

// ErrDenied is the answer to a wrong key.
var ErrDenied = errors.New("the API key does not belong to the tenant")

// Keys knows the tenants' keys by their hashes.
type Keys struct{ hashes map[string][]byte }

// NewKeys makes a key for each tenant.
func NewKeys(tenants []string) (*Keys, error) {
	keys := &Keys{hashes: make(map[string][]byte, len(tenants))}
	for _, tenant := range tenants {
		hash, err := hashKey(tenant, KeyOf(tenant))
		if err != nil {
			return nil, err
		}
		keys.hashes[tenant] = hash
	}
	return keys, nil
}

// KeyOf is the demo's key of a tenant.
func KeyOf(tenant string) string { return "key-of-" + tenant }

// Verify checks that the key belongs to the tenant.
func (k *Keys) Verify(tenant, key string) error {
	want, known := k.hashes[tenant]
	if !known {
		return fmt.Errorf("tenant %q: %w", tenant, ErrDenied)
	}
	got, err := hashKey(tenant, key)
	if err != nil {
		return err
	}
	if !hmac.Equal(got, want) {
		return fmt.Errorf("tenant %q: %w", tenant, ErrDenied)
	}
	return nil
}

func hashKey(tenant, key string) ([]byte, error) {
	return pbkdf2.Key(sha256.New, key, []byte(tenant), rounds, sha256.Size)
}
