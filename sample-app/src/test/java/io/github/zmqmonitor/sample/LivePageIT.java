package io.github.zmqmonitor.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static io.github.zmqmonitor.sample.LivePage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The live page in a browser, with the sample application behind it.
 */
class LivePageIT {

	/** What the page has got from the endpoint since it was opened, in JavaScript. */
	private static final String ANSWERS = "performance.getEntriesByType('resource')"
			+ ".filter(({ name }) => name.endsWith('/actuator/zmq'))";

	private static ConfigurableApplicationContext application;

	private static FreePorts ports;

	private static Browser browser;

	private LivePage page;

	@BeforeAll
	static void start() throws Exception {
		browser = Browser.start();
		ports = FreePorts.find();
		application = SpringApplication.run(SampleApplication.class, ports.arguments());
	}

	@AfterAll
	static void stop() throws Exception {
		try (Browser last = browser; ConfigurableApplicationContext context = application) {
			// Closes both, as far as they were started.
		}
	}

	@BeforeEach
	void open() {
		browser.size(1440, 900, false).prefer("prefers-color-scheme", "light");
		this.page = new LivePage(browser).open(ports.get("server.port")).awaitLive();
	}

	@AfterEach
	void theConsoleIsEmpty() {
		assertThat(browser.console()).isEmpty();
	}

	@Test
	void showsTheStateOfEachEndpoint() {
		eventually().untilAsserted(() -> {
			Set<String> expected = states();
			assertThat(expected).hasSizeGreaterThan(15);
			assertThat(this.page.states()).isEqualTo(expected);
			assertThat(this.page.misleading()).isEmpty();
		});
	}

	@Test
	void saysWhichApplicationItShows() {
		int port = ports.get("server.port");
		browser.open("http://127.0.0.1:" + port + "/");
		this.page.awaitLive();
		assertThat(browser.<String>evaluate("location.pathname")).isEqualTo("/actuator/zmq");
		assertThat(this.page.text("#application")).isEqualTo("zmq-sample");
		assertThat(this.page.text("#address")).isEqualTo("http://127.0.0.1:" + port + "/actuator/zmq");
		assertThat(browser.<String>evaluate("document.title"))
			.isEqualTo("zmq-sample \u00b7 ZeroMQ live \u00b7 127.0.0.1:" + port);
	}

	/** A browser reports what its policy forbids on the console. */
	@Test
	void asksNobodyButTheEndpoint() {
		this.page.select("orderDesk");
		eventually().until(() -> this.page.text("#side").contains("Last events"));
		assertThat(browser.<List<String>>evaluate(
				"performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)"))
			.isNotEmpty()
			.allMatch((path) -> path.equals("/actuator/zmq") || path.startsWith("/actuator/zmq/router-"));
		assertThat(browser.console()).isEmpty();
		browser.evaluate("void document.body.setAttribute('style', 'color: red')");
		eventually()
			.until(() -> browser.console().stream().anyMatch((entry) -> entry.contains("Content Security Policy")));
	}

	@Test
	void showsTheTotals() {
		eventually().untilAsserted(() -> {
			JsonNode summary = read("").path("summary");
			assertThat(this.page.text("#totals")).contains("sockets" + summary.path("sockets").asInt(),
					"endpoints" + summary.path("endpoints").asInt(),
					"connections" + summary.path("connections").asInt());
		});
	}

	@Test
	void asksOnceASecond() {
		eventually().until(() -> browser.evaluate(ANSWERS + """
				.some(({ startTime }, i, all) => i > 0 && Math.abs(startTime - all[i - 1].startTime - 1000) < 200)"""));
	}

	@Test
	void aKilledConnectionTurnsItsColourWithTheNextAnswer() {
		browser.prefer("prefers-reduced-motion", "reduce");
		String id = read("/quotes").path("sockets").get(0).path("id").asString();
		eventually().until(() -> this.page.states().stream().anyMatch(isInState(id, "retrying")));
		String colour = "getComputedStyle(document.querySelector('.card[data-socket=%s] .edge-bar')).fill"
			.formatted(id);
		String retrying = this.page.still(colour);
		try (ZContext server = new ZContext()) {
			server.createSocket(SocketType.ROUTER).bind("tcp://127.0.0.1:" + ports.get("sample.quote-port"));
			eventually().until(() -> this.page.states().stream().anyMatch(isInState(id, "connected"))
					&& !retrying.equals(this.page.still(colour)));
			browser
				.evaluate("void new MutationObserver(() => { if (" + colour + " === arguments[0]) { window.turned ??= "
						+ ANSWERS + ".length; } }).observe(document.querySelector('#picture'), "
						+ "{ attributes: true, childList: true, subtree: true })", retrying);
		}
		eventually().until(() -> states().stream().noneMatch(isInState(id, "connected")));
		long answers = browser.evaluate(ANSWERS + ".length");
		eventually().until(() -> browser.evaluate("window.turned !== undefined"));
		// one answer may have been on its way
		assertThat(browser.<Long>evaluate("window.turned")).isLessThanOrEqualTo(answers + 2);
	}

	@Test
	void countsDownToTheNextAttempt() {
		eventually().until(() -> this.page.text(".countdown").startsWith("retrying in "));
		String first = this.page.text(".countdown");
		eventually().until(() -> !first.equals(this.page.text(".countdown")));
	}

	@Test
	void tellsOfOneSocketWithItsQueuesAndLastEvents() {
		this.page.select("priceFeed");
		eventually().untilAsserted(() -> assertThat(this.page.text("#side")).contains("priceFeed", "TypePUB", "Queues",
				"To send", "2 peers", "Last events", "listening", "accepted"));
	}

	@Test
	void tellsWhatNeedsALookAndWhatHasHappened() {
		eventually().untilAsserted(() -> assertThat(this.page.text("#side")).contains("auditor: abandoned",
				"quotes: retrying", "What has happened", "closed"));
	}

	@Test
	void filtersByStateAndByWords() {
		browser.evaluate("document.querySelector('#states [data-state=abandoned]').click()");
		assertThat(this.page.states()).hasSize(2).anyMatch((state) -> state.endsWith(" abandoned"));
		browser.evaluate("document.querySelector('#states [data-state=abandoned]').click()");
		browser.evaluate("document.querySelector('#filter').focus()");
		browser.press("pricearchive");
		assertThat(this.page.text("#found")).startsWith("1 of ");
	}

	@Test
	void whatIsLookedAtCanBeSentToSomebody() {
		this.page.select("orderDesk");
		browser.evaluate("document.querySelector('#states [data-state=connected]').click()");
		browser.evaluate("document.querySelector('#filter').focus()");
		browser.press("order tcp://local");
		String address = browser.evaluate("location.href");
		assertThat(address)
			.matches(".*/actuator/zmq#socket=router-\\d+&filter=order\\+tcp%3A%2F%2Flocal&state=connected");
		browser.open("about:blank");
		browser.open(address);
		this.page.awaitLive();
		assertThat(this.page.states()).anyMatch((state) -> state.endsWith(" connected"))
			.noneMatch((state) -> state.contains("ipc://") || state.endsWith(" retrying"));
		assertThat(browser.<String>evaluate("document.querySelector('#filter').value")).isEqualTo("order tcp://local");
		eventually().untilAsserted(
				() -> assertThat(this.page.text("#side")).contains("orderDesk", "TypeROUTER", "Last events"));
		assertThat(browser.<String>evaluate("location.href")).isEqualTo(address);
	}

	@Test
	void followsTheAddress() {
		browser.evaluate("void (location.hash = '#state=abandoned&socket=nobody-1')");
		eventually().until(() -> this.page.states().size() == 2 && !this.page.shows("#close"));
		browser.evaluate("document.querySelector('.skip').click()");
		eventually().until(() -> browser.evaluate("location.hash === '#state=abandoned'"));
		browser.evaluate("void (location.hash = '')");
		eventually().until(() -> this.page.states().size() > 15);
	}

	@Test
	void worksWithTheKeyboard() {
		String focused = "document.activeElement.dataset.socket";
		for (int i = 0; i < 20 && browser.evaluate(focused) == null; i++) {
			browser.tab();
		}
		String first = browser.evaluate(focused);
		assertThat(first).isNotNull();
		assertThat(this.<String>style("document.activeElement.querySelector('.box')", "strokeWidth"))
			.isEqualTo("3.5px");
		browser.press(Keys.ARROW_RIGHT);
		String second = browser.evaluate(focused);
		assertThat(second).isNotNull().isNotEqualTo(first);
		browser.press(Keys.ENTER);
		assertThat(this.page.shows("#close")).isTrue();
		assertThat(browser.<Boolean>evaluate("document.querySelector('#side').contains(document.activeElement)"))
			.isTrue();
		browser.press(Keys.ESCAPE);
		assertThat(this.page.shows("#close")).isFalse();
		assertThat(browser.<String>evaluate(focused)).isEqualTo(second);
		browser.press(Keys.END);
		assertThat(browser.<String>evaluate(focused)).isNotEqualTo(second);
	}

	@Test
	void everythingThatCanBeOperatedHasANameAndAFocusThatIsSeen() {
		List<String> nameless = browser.evaluate("""
				[...document.querySelectorAll('a, button, input, [role=button]')].filter((one) => one.checkVisibility()
					&& !(one.getAttribute('aria-label') || one.labels?.[0]?.textContent || one.textContent).trim())
					.map((one) => one.outerHTML)""");
		assertThat(nameless).isEmpty();
		browser.tab();
		assertThat(this.<String>style("document.activeElement", "outlineStyle")).isEqualTo("solid");
	}

	@Test
	void standsStillForWhoPrefersThat() {
		browser.prefer("prefers-reduced-motion", "reduce");
		this.page.open(ports.get("server.port")).awaitLive();
		assertThat(browser
			.<Boolean>evaluate("[...document.querySelectorAll('*')].every((one) => !one.getAnimations().length "
					+ "&& getComputedStyle(one).animationName === 'none' && getComputedStyle(one).transitionDuration === '0s')"))
			.isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void isReadable(String scheme) {
		browser.prefer("prefers-color-scheme", scheme);
		this.page.select("orderDesk");
		eventually().until(() -> this.page.text("#side").contains("Last events"));
		String background = style("document.body", "backgroundColor");
		assertThat(background).isEqualTo("dark".equals(scheme) ? "rgb(18, 22, 29)" : "rgb(244, 246, 249)");
		assertThat(this.page.faint()).isEmpty();
		browser.press(Keys.ESCAPE);
		browser.evaluate("document.querySelector('#states [data-state=connected]').click()");
		assertThat(this.page.faint()).isEmpty();
	}

	@Test
	void fitsOnAPhone() {
		browser.size(390, 844, true);
		this.page.open(ports.get("server.port")).awaitLive();
		assertThat(this.page.width()).isEqualTo(390);
		this.page.select("orderDesk");
		eventually().until(() -> this.page.text("#side").contains("Last events"));
		assertThat(this.page.width()).isEqualTo(390);
		assertThat(this.page.shows("#close")).isTrue();
	}

	@Test
	void drawsItselfForTheReadme() throws Exception {
		Path file = Path.of("target", "live-page.png");
		browser.size(1440, 720, false);
		eventually().until(() -> this.page.text("#totals").contains("/s")
				&& this.page.text(".countdown").startsWith("retrying in ") && !this.page.shows(".card.gone")
				&& this.page.text("#side").contains("tickFeed: send queue full") && this.page.draw(file));
		assertThat(file).exists();
		assertThat(Files.size(file)).isBetween(20_000L, 400_000L);
	}

	private <T> T style(String element, String property) {
		return browser.evaluate("getComputedStyle(" + element + ")." + property);
	}

	private static Predicate<String> isInState(String id, String state) {
		return (shown) -> shown.startsWith(id + " ") && shown.endsWith(" " + state);
	}

	private static Set<String> states() {
		Set<String> states = new TreeSet<>();
		for (JsonNode socket : read("").path("sockets")) {
			for (JsonNode endpoint : socket.path("endpoints")) {
				states.add(socket.path("id").asString() + " " + endpoint.path("endpoint").asString() + " "
						+ endpoint.path("state").asString());
			}
		}
		return states;
	}

	private static JsonNode read(String path) {
		String address = "http://127.0.0.1:" + ports.get("server.port") + "/actuator/zmq" + path;
		return JsonMapper.shared().readTree(RestClient.create().get().uri(address).retrieve().body(String.class));
	}

}
