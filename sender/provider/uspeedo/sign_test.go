package uspeedo

import "testing"

const (
	docSecret = "MjI3YmYyMjItNmM4Mi00ZGM5LWEwNDQtN2EzZjM0Yzk2OWE1"
	sdkSecret = "NTk1Mzk0MAItOWI0My10MGM4LTg0NmMMNDM0ZGM5Y2ZkMmNk"
)

// Vector 1 is the documentation's example, 2 to 6 are the SDK's tests, 7 is our own with Chinese text, and the last
// ones are what flatten promises about numbers.
func TestSignaturesMatchThePublishedOnes(t *testing.T) {
	for i, v := range []struct{ secret, body, want string }{
		{docSecret, `{"Action":"SendBatchUSMSMessage","AccountId":10001,"TaskContent":[{"TemplateId":"UTA2233108MUY3HZ","SenderId":"uSpeedo","Target":[{"TemplateParams":["123456","653132","nickname1"],"Phone":"55212345780"},{"TemplateParams":["123457","765421","nickname2"],"Phone":"55212345781"}]}]}`, "69cc15724cda05b63c99cebf8226202d4c69ef0f"},
		{sdkSecret, `{"Action":"CreateUSMSTemplate","AccountId":"60000011","Purpose":"1","Template":"your code is {1}","TemplateName":"demo"}`, "11a0430ae6f1a4dc0c656e64dfc1886b0ac4b63a"},
		{sdkSecret, `{"Action":"CreateUSMSTemplate","AccountId":"60000011","Purpose":"1","Template":"your code is {1}","TemplateName":"demo","PublicKey":"0dca1d51a9b3113c6f562acb0f813bce"}`, "d8b2114fc7bf4bd24fd0424326bb9d1ca7bfdda7"},
		{sdkSecret, `{"Action":"QueryUSMSTemplate","AccountId":"60000011","TemplateId":["UTA230227EL4IW1","UTA230227JVIB02"]}`, "258dc3d2d7115e9e7c9f4dd4910e671e17b224f1"},
		{sdkSecret, `{"Action":"GetNSPermission"}`, "ceabd6349a8f229a82271119a8b3af30ba8a2428"},
		{sdkSecret, `{"Action":"SendBatchUSMSMessage","TaskContent":[{"TemplateId":"UTAXXXXXXXXXXX","SenderId":"uspeedo","Target":[{"Phone":"1111","TemplateParams":["1111"]}]}]}`, "7175ca50d6204dfd469e8aab447810c08f9da53f"},
		{"secret", `{"Action":"SendBatchUSMSMessage","AccountId":10001,"TaskContent":[{"TemplateId":"UTA1","SenderId":"Café","Target":[{"Phone":"(86)13800138000","TemplateParams":["你好","9折"],"UserId":"c1-r7"}]}]}`, "cff94b71cf4e334bc506bf838a05636cdf289bb2"},
	} {
		got, err := Signature([]byte(v.body), v.secret)
		if err != nil || got != v.want {
			t.Errorf("vector %d: %s %v, want %s", i+1, got, err, v.want)
		}
	}
}

func TestTheSameValuesSignTheSame(t *testing.T) {
	for _, same := range [][]string{
		{`{"b":1,"a":"x"}`, `{ "a": "x", "b": 1 }`},
		{`{"a":42.1}`, `{"a":"42.1"}`},
		{`{"a":1e3}`, `{"a":"1000"}`},
		{`{"a":12345678901234567890}`, `{"a":"12345678901234567890"}`},
		{`{"a":true,"b":[1,2],"c":null}`, `{"a":"true","b":"12","c":""}`},
		{`{"a":"\u003cb\u003e"}`, `{"a":"<b>"}`},
	} {
		x, _ := Signature([]byte(same[0]), "s")
		y, _ := Signature([]byte(same[1]), "s")
		if x != y {
			t.Error(same)
		}
	}
	if _, err := Signature([]byte(`{`), "s"); err == nil {
		t.Error("half a body was signed")
	}
}
