package io.github.zmqmonitor.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.util.StringUtils;

/**
 * Serves the live page, with an endpoint that answers whatever a test wants.
 */
final class AnswerServer implements AutoCloseable {

	private static final Map<String, String> TYPES = Map.of("html", "text/html", "css", "text/css", "js",
			"text/javascript", "svg", "image/svg+xml");

	private final AtomicInteger answered = new AtomicInteger();

	private volatile Supplier<Answer> answer = () -> Answer.json("{\"sockets\":[]}");

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
			made.createContext("/", this::file);
			made.createContext("/actuator/zmq", this::endpoint);
			made.start();
			return made;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void endpoint(HttpExchange exchange) throws IOException {
		send(exchange, this.answer.get());
		this.answered.incrementAndGet();
	}

	private void file(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		String name = "/".equals(path) ? "/index.html" : path;
		try (InputStream resource = AnswerServer.class.getResourceAsStream("/static" + name)) {
			String type = TYPES.getOrDefault(StringUtils.getFilenameExtension(name), "text/plain");
			send(exchange,
					(resource != null)
							? new Answer(200, type, new String(resource.readAllBytes(), StandardCharsets.UTF_8))
							: new Answer(404, type, ""));
		}
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
