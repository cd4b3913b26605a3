// Package flameql reads, writes and explains FlameQL, the query language for
// profiles. docs/flameql.md is the reference for users; src/flameql is the same
// language in TypeScript, held to this package by the vectors in
// testdata/flameql.
//
//	query    = compared [ "vs" operand ] { clause }
//	compared = operand { ids } | ids { ids }
//	operand  = [ type ] [ "{" [ matcher { "," matcher } [ "," ] ] "}" ] [ time ]     at least one part
//	matcher  = label ( "=" | "!=" | "=~" | "!~" ) string
//	time     = "offset" duration | "@" "[" instant "," instant "]"
//	clause   = "by" "(" label { "," label } [ "," ] ")"
//	         | ( "function" | "focus" | "hide" ) string
//	         | ids
//	         | ( "nodes" | "limit" ) count
//	         | "normalise" ( "share" | "instance" | "rate" | "none" )
//	ids      = ( "span" | "trace" | "profile" ) "(" string { "," string } [ "," ] ")"
//	type     = word | string
//	label    = word | string
//
// Parse reports the first error with its position, what was found and what was
// expected. Everything is bounded: see limits.go.
package flameql
