package io.github.zmqmonitor.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Base64;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PageAssemblerTests {

	@TempDir
	private Path source;

	@BeforeEach
	void write() throws IOException {
		write("page.html", """
				<meta content="script-src {script}; style-src {style}">
				<link rel="icon" href="icon.svg" type="image/svg+xml">
				<link rel="stylesheet" href="css/a.css">
				<link rel="stylesheet" href="css/b.css">
				<script type="module" src="js/main.js"></script>
				<a href="other.svg">$1</a>
				""");
		write("icon.svg", "<svg/>\n");
		write("css/a.css", "a { color: red; }\n");
		write("css/b.css", "b { color: blue; }\n");
		write("js/main.js", """
				import { one, Two } from './numbers.js';
				import { two } from './words.js';
				one(new Two(), two, '$1 {style}');
				""");
		write("js/words.js", """
				import { Two } from './numbers.js';
				export const two = new Two();
				""");
		write("js/numbers.js", """
				export async function one() {
				}
				export class Two {
				}
				""");
	}

	private void write(String name, String content) throws IOException {
		Path file = this.source.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	@Test
	void aPageThatIsThereAlreadyIsLeftAsItIs() throws IOException {
		Path target = this.source.resolve("out/page.html");
		String[] arguments = { this.source.toString(), target.toString() };
		PageAssembler.main(arguments);
		FileTime earlier = FileTime.fromMillis(1_000_000);
		Files.setLastModifiedTime(target, earlier);
		PageAssembler.main(arguments);
		assertThat(Files.getLastModifiedTime(target)).isEqualTo(earlier);
		write("css/a.css", "a { color: green; }\n");
		PageAssembler.main(arguments);
		assertThat(target).content().contains("green");
	}

	@Test
	void putsModulesAfterThoseThatTheyImport() throws Exception {
		assertThat(script()).isEqualTo("""

				// numbers.js
				const module_numbers = (() => {
				async function one() {
				}
				class Two {
				}
				return { Two, one };
				})();

				// words.js
				const module_words = (() => {
				const { Two } = module_numbers;
				const two = new Two();
				return { two };
				})();

				// main.js
				const module_main = (() => {
				const { one, Two } = module_numbers;
				const { two } = module_words;
				one(new Two(), two, '$1 {style}');
				})();
				""");
	}

	@Test
	void leavesNothingToLoad() throws Exception {
		assertThat(PageAssembler.assemble(this.source)).contains("<link rel=\"icon\" href=\"data:image/svg+xml;base64,")
			.contains("<style>\na { color: red; }\nb { color: blue; }\n</style>")
			.contains("<a href=\"other.svg\">$1</a>")
			.doesNotContain("stylesheet", " src=");
	}

	@Test
	void thePolicyNamesWhatIsInThePage() throws Exception {
		assertThat(PageAssembler.assemble(this.source))
			.startsWith("<meta content=\"script-src 'sha256-" + hash(script()) + "'; style-src 'sha256-"
					+ hash("\na { color: red; }\nb { color: blue; }\n") + "'\">");
	}

	@Test
	void thePageIsTheSameWhereLinesEndOtherwise() throws Exception {
		String page = PageAssembler.assemble(this.source);
		for (String name : new String[] { "page.html", "css/a.css", "js/main.js", "js/numbers.js" }) {
			write(name, Files.readString(this.source.resolve(name)).replace("\n", "\r\n"));
		}
		assertThat(PageAssembler.assemble(this.source)).isEqualTo(page);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			words.js | import Two from './numbers.js';            | not understood
			words.js | import { Two as Three } from './numbers.js'; | not understood
			words.js | export default 5;                          | not understood
			words.js | export { two };                            | not understood
			words.js | export let two = 2;                        | not understood
			words.js | import('./numbers.js');                    | not understood
			words.js | import { Three } from './numbers.js';      | numbers.js does not export Three
			words.js | import { one } from './main.js';           | import each other
			words.js | export const two = '</script>';            | end its element
			more.js  | export const more = 1;                     | nobody imports [more.js]
			""")
	void refusesWhatItDoesNotUnderstand(String file, String code, String reason) throws Exception {
		write("js/" + file, code + "\n");
		assertThatIllegalArgumentException().isThrownBy(() -> PageAssembler.assemble(this.source))
			.withMessageContaining(reason);
	}

	private String script() throws IOException {
		String page = PageAssembler.assemble(this.source);
		String begin = "<script type=\"module\">";
		return page.substring(page.indexOf(begin) + begin.length(), page.indexOf("</script>"));
	}

	private static String hash(String content) throws Exception {
		return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
	}

}
