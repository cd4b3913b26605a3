package redact

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSecretsInTheSpellingsTheyTravelIn(t *testing.T) {
	r := New("ana", "p:ss wörd", "Bearer abc.def", "-----BEGIN PRIVATE KEY-----\nMIIEvQ1\nAgEAAo2\n-----END PRIVATE KEY-----", "", "abc")
	for said, want := range map[string]string{
		"no p:ss wörd here":                         "no (secret) here",
		"p%3Ass+w%C3%B6rd p:ss%20w%C3%B6rd":         "(secret) (secret)",
		"Authorization: Basic YW5hOnA6c3Mgd8O2cmQ=": "Authorization: Basic (secret)",
		"Authorization: Bearer abc.def":             "Authorization: (secret)",
		"token abc.def expired":                     "token (secret) expired",
		"line AgEAAo2":                              "line (secret)",
		"PRIVATE Bearer abc":                        "PRIVATE Bearer abc",
		"":                                          "",
	} {
		require.Equal(t, want, r.Text(said))
	}
	require.Equal(t, "as it is", Redactor{}.Text("as it is"))
}
