package io.github.zmqmonitor.sample;

import java.util.List;
import java.util.stream.Stream;

import io.github.zmqmonitor.sample.AnswerServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.zmqmonitor.sample.LivePage.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The live page with an endpoint that is not there, answers something else, or has much
 * to tell.
 */
class LivePageFaultsIT {

	private static final Answer GOOD = Answer.json("""
			{"sockets":[{"id":"rep-1","name":"server","type":"REP","endpoints":[{"endpoint":"tcp://*:5555",
			"role":"bind","transport":"tcp","state":"listening","connections":0}]}]}""");

	private static Browser browser;

	private AnswerServer server;

	private LivePage page;

	@BeforeAll
	static void startBrowser() throws Exception {
		browser = Browser.start();
	}

	@AfterAll
	static void stopBrowser() throws Exception {
		try (Browser last = browser) {
			// Closes it, if it was started.
		}
	}

	@BeforeEach
	void startServer() {
		browser.size(1440, 900, false);
		this.server = new AnswerServer();
		this.page = new LivePage(browser);
	}

	@AfterEach
	void stopServer() {
		browser.open("about:blank");
		this.server.close();
		assertThat(browser.console()).allMatch((entry) -> entry.contains("Failed to load resource"));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void saysWhatIsWrongAndRecovers(Answer fault, String title, String hint) {
		this.server.answer(fault);
		this.page.open(this.server.port());
		eventually().until(() -> this.page.shows("#problem"));
		assertThat(this.page.text("#problem")).contains(title, hint, "Try now");
		assertThat(this.page.text("#status-text")).isEqualTo("Not live");
		this.server.answer(GOOD);
		this.page.awaitLive();
		assertThat(this.page.shows("#problem")).isFalse();
		assertThat(this.page.states()).containsExactly("rep-1 tcp://*:5555 listening");
	}

	static Stream<Arguments> faults() {
		return Stream.of(arguments(Answer.html(401), "answers 401", "a login"),
				arguments(Answer.html(404), "answers 404", "exposure.include"),
				arguments(Answer.html(500), "answers 500", "log of the application"),
				arguments(Answer.html(200), "something else", "log in"),
				arguments(Answer.json("{\"sockets\":["), "cannot be read", ""),
				arguments(Answer.json("null"), "does not know", "no sockets"));
	}

	@Test
	void keepsWhatItKnowsWhileTheApplicationIsAway() {
		this.server.answer(GOOD);
		this.page.open(this.server.port()).awaitLive();
		this.server.stop();
		eventually().until(() -> this.page.shows("#problem"));
		assertThat(this.page.text("#problem")).contains("The application cannot be reached");
		assertThat(this.page.states()).hasSize(1);
		eventually().until(() -> this.page.text("#problem-next").startsWith("Next try in "));
		assertThat(this.page.faint()).isEmpty();
		this.server.startAgain();
		this.page.awaitLive();
		assertThat(this.page.shows("#problem")).isFalse();
	}

	@Test
	void toleratesWhatItDoesNotKnow() {
		this.server.answer(Answer
			.json("""
					{"sockets":[1,null,{"endpoints":"none"},{"id":5,"name":{},"queues":4,"messages":"x","endpoints":[
					{"state":7,"peers":"x","lastError":3,"retryInterval":8}]},
					{"id":"dealer-2","name":"odd","type":"DEALER","origin":"native","hints":[{"message":"Heartbeats are off"}],
					"endpoints":[{"endpoint":"tcp://b:1","role":"connect","state":"dreaming"}]}]}"""));
		this.page.open(this.server.port()).awaitLive();
		assertThat(this.page.states()).contains("dealer-2 tcp://b:1 dreaming");
		this.page.select("odd");
		eventually()
			.untilAsserted(() -> assertThat(this.page.text("#side")).contains("Originnative", "Heartbeats are off"));
	}

	@Test
	void whoIsSlowIsSeenAtOneLook() {
		this.server.answer(Answer
			.json("""
					{"sockets":[{"id":"pub-1","name":"prices","type":"PUB","endpoints":[{"endpoint":"tcp://*:*","role":"bind",
					"state":"listening","addresses":["tcp://0.0.0.0:7001","tcp://0.0.0.0:7002"],"peers":[
					{"remote":"10.0.0.7:1","ready":true,"type":"SUB","queues":{"sent":{"size":400,"limit":1000,"utilization":0.4,"full":0}}},
					{"remote":"10.0.0.8:1","local":"10.0.0.1:7001","zmtp":"3","ready":true,"type":"SUB","identity":"desk-7","user":"anna",
					"mechanism":"PLAIN","messages":{"sent":1204,"received":1,"dropped":{"queue_full":318}},
					"queues":{"sent":{"size":1000,"limit":1000,"utilization":1.0,"full":1},"received":{"size":3,"full":0}}},
					{"remote":"10.0.0.9:1","ready":false}]},
					{"endpoint":"tcp://hub:1","role":"connect","state":"retrying","retryReason":"no_answer"}]}]}"""));
		this.page.open(this.server.port()).awaitLive();
		this.page.select("prices");
		eventually()
			.untilAsserted(() -> assertThat(this.page.text("#side")).contains("tcp://0.0.0.0:7001, tcp://0.0.0.0:7002",
					"Retries becauseno answer", "3 peers", "at 10.0.0.1:7001",
					"SUB, identity desk-7, user anna, PLAIN, ZMTP 3",
					"1,204 sent, 1 received, 318 dropped, queue to it full, 3 waiting from it",
					"400 waiting to it (40 %)", "in handshake"));
		assertThat(browser.<List<String>>evaluate(
				"[...document.querySelectorAll('#side .peers li')].map((peer) => peer.firstChild.textContent)"))
			.containsExactly("10.0.0.8:1", "10.0.0.7:1", "10.0.0.9:1");
	}

	@Test
	void saysThatThereIsNoSocket() {
		this.page.open(this.server.port());
		eventually().until(() -> this.page.shows("#empty"));
		assertThat(this.page.text("#empty")).isEqualTo("The application has no ZeroMQ socket yet.");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/actuator/zmq", "/actuator/zmq/", "/a%20proxy/app/manage/sockets?state=failed#there", "/" })
	void asksTheAddressThatItCameFrom(String path) {
		this.server.answer(GOOD);
		browser.open("http://127.0.0.1:" + this.server.port() + path);
		this.page.awaitLive();
		String expected = path.replaceFirst("/?([?#].*)?$", "");
		assertThat(this.server.asked()).isEqualTo(expected.isEmpty() ? "/" : expected);
		this.page.select("server");
		eventually().until(() -> (expected + "/rep-1").equals(this.server.asked()));
	}

	@Test
	void theNameOfTheApplicationIsTextWhateverIsInIt() {
		this.server.answer(GOOD);
		this.page.open(this.server.port()).awaitLive();
		assertThat(browser.<String>evaluate("document.querySelector('#application').textContent"))
			.isEqualTo(AnswerServer.APPLICATION);
		assertThat(browser.<String>evaluate("document.title")).contains("<img src=x onerror=console.error(1)>");
		assertThat(browser.<Boolean>evaluate("document.querySelector('img') === null")).isTrue();
	}

	@Test
	void doesNotAskWhilePaused() {
		this.server.answer(GOOD);
		this.page.open(this.server.port()).awaitLive();
		browser.evaluate("document.querySelector('#pause').click()");
		int answered = this.server.answered();
		eventually().until(() -> this.page.text("#status-text").matches("Paused, last answer ([3-9]|\\d\\d+) s ago"));
		assertThat(this.server.answered()).isLessThanOrEqualTo(answered + 1);
	}

	@Test
	void showsFiveHundredSockets() {
		this.server.answer(new ManySockets(500)::next);
		this.page.open(this.server.port()).awaitLive();
		assertThat(this.page.states()).hasSize(500);
		assertThat(overlapping()).isEmpty();
		browser.size(390, 844, true);
		eventually().until(() -> browser.evaluate("document.querySelector('#picture').clientWidth < 390"));
		assertThat(this.page.width()).isEqualTo(390);
	}

	@Test
	void updatesFiveHundredSocketsInPlace() {
		this.server.answer(new ManySockets(500)::next);
		this.page.open(this.server.port()).awaitLive();
		awaitAnswers(4);
		long elements = browser.evaluate("document.querySelectorAll('#picture *').length");
		browser.evaluate(
				"""
						void (window.changes = 0, new MutationObserver((records) => { window.changes += records.filter((record) =>
							record.target.nodeName === 'g').length; })
							.observe(document.querySelector('#picture'), { childList: true, subtree: true }))""");
		awaitAnswers(5);
		assertThat(browser.<Long>evaluate("window.changes")).isLessThan(5 * 500 / 10);
		assertThat(browser.<Long>evaluate("document.querySelectorAll('#picture *').length")).isBetween(elements - 100,
				elements + 100);
		assertThat(browser.<Long>evaluate("document.querySelectorAll('#side *').length")).isLessThan(1000);
	}

	private void awaitAnswers(int more) {
		int wanted = this.server.answered() + more;
		eventually().until(() -> this.server.answered() >= wanted);
	}

	/**
	 * Return the cards that cover their neighbour.
	 */
	private List<String> overlapping() {
		return browser.evaluate(
				"""
						(() => {
							const cards = [...document.querySelectorAll('.card')].map((card) => [card, card.querySelector('.box').getBoundingClientRect()]);
							return cards.filter(([card, box]) => cards.some(([other, its]) => other !== card && box.left < its.right
								&& its.left < box.right && box.top < its.bottom && its.top < box.bottom))
								.map(([card]) => card.getAttribute('data-socket'));
						})()""");
	}

}
