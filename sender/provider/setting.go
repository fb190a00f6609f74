package provider

import "counterbell/data"

// BadSetting is the code of a setting that is missing or isn't what it should be; Args field names it.
const BadSetting data.Code = "setting"

// SettingError says which field of a provider's form is missing or wrong.
func SettingError(op, field string) *data.Error {
	return data.Errorf(BadSetting, op, "setting %s", field).With("field", field)
}
