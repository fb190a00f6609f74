package uspeedo

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Signature returns what X-Signature holds for a body: the lower-case hex SHA-1 of its flattened values and the
// secret. It works on the decoded JSON, never on Go values, so that what is signed is what is sent.
// Source: https://uspeedo.com/docs/api_sdk/v2/usms/api/ and the SDK's tests.
func Signature(body []byte, secret string) (string, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return "", fmt.Errorf("sign a body: %w", err)
	}
	var plain strings.Builder
	flatten(&plain, v)
	plain.WriteString(secret)
	sum := sha1.Sum([]byte(plain.String()))
	return hex.EncodeToString(sum[:]), nil
}

// flatten writes an object's keys in byte order, each followed by its value; an array's items one after the other; a
// number without exponent; nothing for null.
func flatten(w *strings.Builder, v any) {
	switch v := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			w.WriteString(k)
			flatten(w, v[k])
		}
	case []any:
		for _, item := range v {
			flatten(w, item)
		}
	case string:
		w.WriteString(v)
	case bool:
		w.WriteString(strconv.FormatBool(v))
	case json.Number:
		if f, err := v.Float64(); err == nil && strings.ContainsAny(v.String(), ".eE") {
			w.WriteString(strconv.FormatFloat(f, 'f', -1, 64))
			return
		}
		w.WriteString(v.String())
	}
}
