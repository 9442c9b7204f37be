package io.github.zmqmonitor.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.zmqmonitor.internal.page.LivePageHtml;
import org.jspecify.annotations.Nullable;

/**
 * Serves the live page, with an endpoint that answers whatever a test wants.
 */
final class AnswerServer implements AutoCloseable {

	/** A name that has to be shown as it is. */
	static final String APPLICATION = "\"><img src=x onerror=console.error(1)> & \u202e\u05d0 " + "n".repeat(200);

	private final AtomicInteger answered = new AtomicInteger();

	private volatile Supplier<Answer> answer = () -> Answer.json("{\"sockets\":[]}");

	private volatile @Nullable String asked;

	private final int port = FreePorts.one();

	private HttpServer server = start();

	int port() {
		return this.port;
	}

	void answer(Answer answer) {
		answer(() -> answer);
	}

	void answer(Supplier<Answer> answer) {
		this.answer = answer;
	}

	/**
	 * Return how many times the endpoint has answered.
	 */
	int answered() {
		return this.answered.get();
	}

	/**
	 * Return where the endpoint was asked for last.
	 */
	@Nullable String asked() {
		return this.asked;
	}

	void stop() {
		this.server.stop(0);
	}

	void startAgain() {
		this.server = start();
	}

	@Override
	public void close() {
		stop();
	}

	private HttpServer start() {
		try {
			HttpServer made = HttpServer.create(new InetSocketAddress("127.0.0.1", this.port), 0);
			made.createContext("/", this::endpoint);
			made.start();
			return made;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void endpoint(HttpExchange exchange) throws IOException {
		if (exchange.getRequestHeaders().getFirst("Accept").contains("text/html")) {
			send(exchange, new Answer(200, "text/html;charset=UTF-8", LivePageHtml.of(APPLICATION)));
			return;
		}
		send(exchange, this.answer.get());
		this.asked = exchange.getRequestURI().toString();
		this.answered.incrementAndGet();
	}

	private static void send(HttpExchange exchange, Answer answer) throws IOException {
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.getResponseHeaders().set("Content-Type", answer.type());
			exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	/**
	 * What the endpoint answers.
	 */
	record Answer(int status, String type, String body) {

		static Answer json(String body) {
			return new Answer(200, "application/vnd.spring-boot.actuator.v3+json", body);
		}

		static Answer html(int status) {
			return new Answer(status, "text/html", "<!doctype html><title>Sorry</title>");
		}

	}

}
