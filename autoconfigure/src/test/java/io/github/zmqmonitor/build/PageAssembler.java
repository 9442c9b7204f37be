package io.github.zmqmonitor.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the live page together at build time: one file with its style and script inside,
 * and a policy that lets a browser run these two and nothing else.
 * <p>
 * It knows the few forms of ECMAScript modules that the page is written in, and refuses
 * all others, so that nothing is left out in silence. It needs nothing but the JDK: the
 * build starts it from its source.
 */
public final class PageAssembler {

	private static final Pattern STYLESHEET = Pattern
		.compile("(?m)^\\h*<link rel=\"stylesheet\" href=\"([\\w/.-]+)\">\\n");

	private static final Pattern SCRIPT = Pattern.compile("<script type=\"module\" src=\"js/([\\w.-]+)\"></script>");

	private static final Pattern ICON = Pattern.compile("(?<=<link rel=\"icon\" )href=\"([\\w/.-]+\\.svg)\"");

	private static final Pattern IMPORT = Pattern.compile("import \\{ (\\w+(?:, \\w+)*) } from '\\./([a-z]+\\.js)';");

	private static final Pattern EXPORT = Pattern.compile("export ((?:async )?(?:function|class|const) (\\w+)\\b.*)");

	private static final Pattern UNKNOWN = Pattern.compile("^\\s*(import|export)\\b|\\bimport\\s*[(.]");

	private final Path source;

	private final Map<String, Module> modules = new LinkedHashMap<>();

	private final Set<String> open = new TreeSet<>();

	private PageAssembler(Path source) {
		this.source = source;
	}

	/**
	 * Put a page together. One that is there already stays, so that a jar which has it
	 * does not have to be built again.
	 * @param arguments the directory with {@code page.html}, and the file to write
	 * @throws IOException if a file can't be read or written
	 */
	public static void main(String[] arguments) throws IOException {
		Path target = Path.of(arguments[1]);
		String page = assemble(Path.of(arguments[0]));
		if (!Files.exists(target) || !Files.readString(target).equals(page)) {
			Files.createDirectories(target.toAbsolutePath().getParent());
			Files.writeString(target, page);
		}
	}

	/**
	 * Return the page in one piece.
	 * @throws IllegalArgumentException if there is something in its sources that is not
	 * understood
	 */
	static String assemble(Path source) throws IOException {
		return new PageAssembler(source).page();
	}

	private String page() throws IOException {
		String page = read("page.html");
		Matcher script = SCRIPT.matcher(page);
		require(script.find(), "page.html has no script");
		String style = style(page);
		String code = script(script.group(1));
		return embedIcon(STYLESHEET.matcher(page).replaceAll("")).replace("{style}", hash(style))
			.replace("{script}", hash(code))
			.replace(script.group(), "<style>" + style + "</style>\n\t<script type=\"module\">" + code + "</script>");
	}

	private String embedIcon(String page) throws IOException {
		Matcher icon = ICON.matcher(page);
		return icon.find() ? page.replace(icon.group(), "href=\"" + data(icon.group(1)) + "\"") : page;
	}

	private String style(String page) throws IOException {
		StringBuilder style = new StringBuilder("\n");
		Matcher sheet = STYLESHEET.matcher(page);
		while (sheet.find()) {
			style.append(read(sheet.group(1)));
		}
		require(!style.toString().contains("</"), "a style sheet would end its element");
		return style.toString();
	}

	/**
	 * Each module becomes a function that returns what it exports, after those it
	 * imports.
	 */
	private String script(String entry) throws IOException {
		load(entry);
		try (Stream<Path> files = Files.list(this.source.resolve("js"))) {
			Set<String> unused = files.map((file) -> file.getFileName().toString())
				.collect(Collectors.toCollection(TreeSet::new));
			unused.removeAll(this.modules.keySet());
			require(unused.isEmpty(), "nobody imports " + unused);
		}
		String code = this.modules.values().stream().map(Module::function).collect(Collectors.joining("\n", "\n", ""));
		require(!code.contains("</script") && !code.contains("<!--"), "a script would end its element");
		return code;
	}

	private Module load(String name) throws IOException {
		Module known = this.modules.get(name);
		if (known != null) {
			return known;
		}
		require(this.open.add(name), "modules import each other: " + this.open);
		List<String> lines = new ArrayList<>();
		Set<String> exported = new TreeSet<>();
		for (String line : read("js/" + name).split("\n")) {
			lines.add(line(name, line, exported));
		}
		this.open.remove(name);
		Module module = new Module(name, String.join("\n", lines), exported);
		this.modules.put(name, module);
		return module;
	}

	private String line(String name, String line, Set<String> exported) throws IOException {
		Matcher imported = IMPORT.matcher(line);
		if (imported.matches()) {
			Module target = load(imported.group(2));
			for (String wanted : imported.group(1).split(", ")) {
				require(target.exported().contains(wanted), name + ": " + target.name() + " does not export " + wanted);
			}
			return "const { " + imported.group(1) + " } = " + target.variable() + ";";
		}
		Matcher export = EXPORT.matcher(line);
		if (export.matches()) {
			exported.add(export.group(2));
			return export.group(1);
		}
		require(!UNKNOWN.matcher(line).find(), name + ": not understood: " + line);
		return line;
	}

	private String read(String name) throws IOException {
		return Files.readString(this.source.resolve(name)).replace("\r\n", "\n");
	}

	private String data(String name) throws IOException {
		return "data:image/svg+xml;base64,"
				+ Base64.getEncoder().encodeToString(read(name).strip().getBytes(StandardCharsets.UTF_8));
	}

	private static String hash(String content) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
			return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void require(boolean holds, String otherwise) {
		if (!holds) {
			throw new IllegalArgumentException(otherwise);
		}
	}

	private record Module(String name, String code, Set<String> exported) {

		String variable() {
			return "module_" + this.name.replace(".js", "");
		}

		String function() {
			String result = this.exported.isEmpty() ? "" : "return { " + String.join(", ", this.exported) + " };\n";
			return "// " + this.name + "\nconst " + variable() + " = (() => {\n" + this.code + "\n" + result
					+ "})();\n";
		}

	}

}
