package io.github.zmqmonitor.sample;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.zmqmonitor.sample.AnswerServer.Answer;

/**
 * An answer of the endpoint with a large application's sockets: one in ten listens, the
 * others connect to it. With each answer messages pass, and some endpoints change.
 */
final class ManySockets {

	private static final List<String> STATES = List.of("connected", "connected", "connected", "retrying", "connected",
			"connected", "abandoned");

	private final int number;

	private int answers;

	ManySockets(int number) {
		this.number = number;
	}

	synchronized Answer next() {
		this.answers++;
		return Answer.json(IntStream.range(0, this.number)
			.mapToObj(this::socket)
			.collect(Collectors.joining(",", "{\"sockets\":[", "]}")));
	}

	private String socket(int index) {
		return """
				{"id":"%s-%d","name":"socket%d","type":"%s","context":"zmqContext","endpoints":[%s],
				"messages":{"sent":%d,"received":%d}}""".formatted((index % 10 == 0) ? "router" : "dealer", index,
				index, (index % 10 == 0) ? "ROUTER" : "DEALER",
				(index % 10 == 0) ? listening(index) : connecting(index), this.answers * index, this.answers * 10L);
	}

	private String listening(int index) {
		return """
				{"endpoint":"tcp://*:%d","role":"bind","transport":"tcp","state":"listening","connections":9,"accepted":%d}"""
			.formatted(10000 + index, 9 + this.answers);
	}

	/** One socket in fifty has another state in each answer. */
	private String connecting(int index) {
		String state = STATES.get((index + ((index % 50 == 1) ? this.answers : 0)) % STATES.size());
		return """
				{"endpoint":"tcp://localhost:%d","role":"connect","transport":"tcp","state":"%s","connections":%d,
				"retries":%d,"retryInterval":"PT2.5S"}""".formatted(10000 + index - index % 10, state,
				"connected".equals(state) ? 1 : 0, this.answers);
	}

}
