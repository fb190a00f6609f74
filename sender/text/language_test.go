package text

import "testing"

func TestTheLanguageOfATextIsToldByItsCommonWords(t *testing.T) {
	for s, want := range map[string]string{
		"Hi Ann, 20% off any sunglasses until 29 Nov. Show the code at the till.": "en",
		"Hola, 20% de descuento en gafas hasta el domingo.":                       "es",
		"Bonjour, -20% chez nous jusqu'au 29 novembre, avec votre code.":          "fr",
		"Hallo, bis Sonntag 20% Rabatt auf die Brille mit Ihrem Code.":            "de",
		"Olá, até domingo 20% de desconto para você.":                             "pt",
		"Sconto del 20% fino al 29 novembre con il tuo codice.":                   "it",
		"XK47 9PLM": "",
		"":          "",
	} {
		if got := Language(s); got != want {
			t.Errorf("%q is taken for %q, want %q", s, got, want)
		}
	}
}
