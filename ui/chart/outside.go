package chart

// Empty tells whether a chart has nothing to draw, and shows a sentence instead.
func Empty(c Chart) bool {
	b, ok := c.(body)
	return ok && b.empty()
}

// Lines breaks text as charts do: at spaces, or between Chinese characters but never before a closing mark. measure says
// how wide a text is.
func Lines(text string, width float32, measure func(string) float32) []string {
	return wrap(text, width, measure)
}
