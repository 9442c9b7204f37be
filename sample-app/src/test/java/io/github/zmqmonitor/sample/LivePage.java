package io.github.zmqmonitor.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

/**
 * What a person sees on the live page.
 */
class LivePage {

	private static final String CONTRAST = script("contrast.js");

	private final Browser browser;

	LivePage(Browser browser) {
		this.browser = browser;
	}

	LivePage open(int port) {
		this.browser.open("http://127.0.0.1:" + port + "/actuator/zmq");
		return this;
	}

	static ConditionFactory eventually() {
		return Awaitility.await().atMost(ofMinutes(2)).pollInterval(ofMillis(100)).ignoreExceptions();
	}

	LivePage awaitLive() {
		eventually().until(() -> "Live".equals(text("#status-text")) && !cards().isEmpty());
		return this;
	}

	/**
	 * Return each endpoint in the picture with its state, as {@code id endpoint state}.
	 */
	Set<String> states() {
		return new TreeSet<>(this.browser.<List<String>>evaluate("""
				[...document.querySelectorAll('[data-state][data-owner]')]
					.map(({ dataset }) => `${dataset.owner} ${dataset.endpoint} ${dataset.state}`)"""));
	}

	/**
	 * Return the endpoints whose words or colours in the picture are those of another
	 * state.
	 */
	List<String> misleading() {
		return this.browser.evaluate(
				"""
						[...document.querySelectorAll('[data-state]')].filter((row) => row.dataset.owner)
							.filter((row) => !row.querySelector('.state').textContent.startsWith(row.dataset.state)
								|| !row.matches(`.state-${row.dataset.state}`) || !row.closest('.card').matches(`.state-${row.dataset.state}`)
								|| !row.closest('.card').querySelector(`[href="#icon-${row.dataset.state}"]`))
							.map((row) => row.outerHTML)""");
	}

	/**
	 * Return the ids of the sockets in the picture.
	 */
	List<String> cards() {
		return this.browser.evaluate(
				"[...document.querySelectorAll('.card[data-socket]')].map((card) => card.getAttribute('data-socket'))");
	}

	String text(String selector) {
		return this.browser.evaluate("document.querySelector(arguments[0])?.textContent.replace(/\\s+/g, ' ').trim()",
				selector);
	}

	boolean shows(String selector) {
		return this.browser.evaluate("document.querySelector(arguments[0])?.checkVisibility() ?? false", selector);
	}

	/**
	 * Select a socket of this name as a click does.
	 */
	void select(String name) {
		this.browser.evaluate("""
				[...document.querySelectorAll('.card[data-socket]')]
					.find((card) => card.querySelector('.name').textContent === arguments[0])
					.dispatchEvent(new MouseEvent('click', { bubbles: true }))""", name);
	}

	/**
	 * Return how wide the page is; wider than the screen means that it scrolls sideways.
	 */
	long width() {
		return this.browser.evaluate("document.documentElement.scrollWidth");
	}

	/**
	 * Return the lines of text that are hard to read.
	 */
	List<String> faint() {
		return still("(() => {" + CONTRAST + "})()");
	}

	/**
	 * Return the value of an expression at a moment when nothing is on its way to another
	 * colour or place. The page goes on living: so looking for such a moment and looking
	 * at the page is one step.
	 */
	<T> T still(String expression) {
		return eventually().until(
				() -> this.browser.<T>evaluate("document.getAnimations().length ? null : " + expression),
				Objects::nonNull);
	}

	/**
	 * Write a picture of what is on the screen.
	 * @return whether nothing moved meanwhile
	 */
	boolean draw(Path file) throws IOException {
		this.browser.evaluate(
				"""
						(window.moved = document.getAnimations().length, window.moves ??= () => { window.moved++; },
							['animationstart', 'transitionrun'].forEach((type) => document.addEventListener(type, window.moves)))""");
		this.browser.draw(file);
		return this.browser.evaluate("window.moved + document.getAnimations().length === 0");
	}

	private static String script(String name) {
		try (InputStream resource = LivePage.class.getResourceAsStream("/page/" + name)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
