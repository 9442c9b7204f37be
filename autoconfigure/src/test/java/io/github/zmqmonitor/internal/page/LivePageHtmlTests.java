package io.github.zmqmonitor.internal.page;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class LivePageHtmlTests {

	private static final String PAGE = LivePageHtml.of(null);

	@Test
	void thePolicyAllowsThisStyleAndThisScriptOnly() throws Exception {
		List<String> policies = find("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");
		assertThat(policies).containsExactly(
				"default-src 'none'; script-src '%s'; style-src '%s'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
					.formatted(hash("<script type=\"module\">(.*?)</script>"), hash("<style>(.*?)</style>")));
	}

	/** A policy holds for what comes after it. */
	@Test
	void thePolicyIsBeforeAllThatItIsFor() {
		assertThat(PAGE.indexOf("Content-Security-Policy")).isPositive()
			.isLessThan(PAGE.indexOf("<style"))
			.isLessThan(PAGE.indexOf("<script"));
	}

	@Test
	void nothingElseIsInlineAndNothingIsLoaded() {
		assertThat(find("(<(?:script|style|iframe|img|object|form)\\b[^>]*)")).containsExactlyInAnyOrder("<style",
				"<script type=\"module\"");
		String document = PAGE.replaceAll("(?s)<(script|style)\\b.*?</\\1>", "");
		assertThat(document).doesNotContain(" src=", " style=", "javascript:").doesNotContainPattern(" on\\w+=");
		assertThat(find(" href=\"([^#\"][^\"]*)\"")).singleElement()
			.asString()
			.startsWith("data:image/svg+xml;base64,");
	}

	@Test
	void saysWhichApplicationItShows() {
		assertThat(LivePageHtml.of("orders")).contains("<meta name=\"application-name\" content=\"orders\">");
		assertThat(PAGE).contains("<meta name=\"application-name\" content=\"\">");
	}

	@Test
	void aNameIsTextWhateverIsInIt() {
		assertThat(LivePageHtml.of("\"><img onerror=a(1)>&'$1\\"))
			.contains("<meta name=\"application-name\" content=\"&quot;&gt;&lt;img onerror=a(1)&gt;&amp;'$1\\\">");
	}

	private static List<String> find(String pattern) {
		return Pattern.compile(pattern, Pattern.DOTALL).matcher(PAGE).results().map((it) -> it.group(1)).toList();
	}

	private static String hash(String pattern) throws Exception {
		MatchResult found = Pattern.compile(pattern, Pattern.DOTALL).matcher(PAGE).results().findFirst().orElseThrow();
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(found.group(1).getBytes(UTF_8));
		return "sha256-" + Base64.getEncoder().encodeToString(digest);
	}

}
