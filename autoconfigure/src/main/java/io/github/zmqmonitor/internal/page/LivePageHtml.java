package io.github.zmqmonitor.internal.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The live page: one piece of HTML that asks the address it came from for JSON. It is
 * read from the jar for each request, and nothing is kept.
 */
public final class LivePageHtml {

	private static final String FILE = "page.html";

	private static final String APPLICATION = "<meta name=\"application-name\" content=\"";

	private LivePageHtml() {
	}

	/**
	 * Return the page.
	 * @param application the name of the application that it shows, {@code null} if it is
	 * not known
	 * @return the page, for UTF-8
	 */
	public static String of(@Nullable String application) {
		String page = read();
		return (application != null) ? page.replace(APPLICATION, APPLICATION + escape(application)) : page;
	}

	private static String read() {
		try (InputStream file = LivePageHtml.class.getResourceAsStream(FILE)) {
			if (file == null) {
				throw new IllegalStateException(FILE + " is not beside " + LivePageHtml.class.getName());
			}
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What has a meaning in an attribute between double quotes, and next to one. */
	private static String escape(String value) {
		return value.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
