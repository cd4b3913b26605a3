package redact

import (
	"fmt"
	"io"
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

// A server that repeats a request does it in a language, whose quotes escape what a password is made of.
func TestSecretsBetweenQuotes(t *testing.T) {
	const password = `a"b\c<d>/é&f`
	r := New("", password)
	for said, want := range map[string]string{
		`{"message":"a\"b\\c<d>/é&f"}`:                `{"message":"(secret)"}`,
		`{"message":"a\"b\\c\u003cd\u003e/é\u0026f"}`: `{"message":"(secret)"}`,
		`{"message":"a\"b\\c<d>\/é&f"}`:               `{"message":"(secret)"}`,
		`{"message":"a\"b\\c<d>/\u00e9&f"}`:           `{"message":"(secret)"}`,
		`<td>a&#34;b\c&lt;d&gt;/é&amp;f</td>`:         `<td>(secret)</td>`,
		fmt.Sprintf("%q and %+q", password, password): `"(secret)" and "(secret)"`,
		password: `(secret)`,
	} {
		require.Equal(t, want, r.Text(said))
	}
}

func TestSecretsOfSeveral(t *testing.T) {
	both := New("", "of-the-settings").And(New("", "of-the-user"))
	require.Equal(t, "(secret), (secret)", both.Text("of-the-user, of-the-settings"))
	require.Equal(t, "(secret)", New("", "alone").And(Redactor{}).Text("alone"))
	require.Equal(t, "(secret)", Redactor{}.And(New("", "alone")).Text("alone"))

	failed := fmt.Errorf("refused with of-the-user: %w", io.ErrUnexpectedEOF)
	hidden := both.Error(failed)
	require.Equal(t, "refused with (secret): unexpected EOF", fmt.Sprintf("%+v", hidden))
	require.ErrorIs(t, hidden, io.ErrUnexpectedEOF)
	require.NoError(t, both.Error(nil))
}
