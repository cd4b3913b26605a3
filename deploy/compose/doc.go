// Package compose has no code: its test holds docker-compose.yaml to the schema of the Compose specification.
package compose
