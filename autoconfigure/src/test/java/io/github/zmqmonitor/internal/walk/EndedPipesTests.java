package io.github.zmqmonitor.internal.walk;

import java.util.Arrays;
import java.util.List;

import io.github.zmqmonitor.internal.traffic.PipeCounts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import zmq.pipe.Pipe;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a pipe has counted can be read once it has ended, when it has no queues any more.
 */
class EndedPipesTests {

	@ParameterizedTest
	@CsvSource({ "inproc://ended, true", "inproc://ended, false", "tcp://127.0.0.1:*, true",
			"tcp://127.0.0.1:*, false" })
	void anEndedPipeKeepsItsCounts(String address, boolean conflated) {
		List<Pipe> pipes;
		try (ZContext context = new ZContext()) {
			ZMQ.Socket push = context.createSocket(SocketType.PUSH);
			ZMQ.Socket pull = context.createSocket(SocketType.PULL);
			push.setConflate(conflated);
			pull.setConflate(conflated);
			pull.bind(address);
			push.connect(pull.getLastEndpoint());
			push.send("message");
			assertThat(pull.recvStr()).isEqualTo("message");
			push.send("another");
			pipes = await().until(() -> Arrays.stream(new ZMQ.Socket[] { push, pull })
				.flatMap((socket) -> Arrays.stream(SocketWalk.pipes(socket.base())))
				.map(Pipe.class::cast)
				.toList(), (them) -> them.size() == 2);
		}
		for (Pipe pipe : pipes) {
			await().untilAsserted(() -> assertThat(SocketWalk.isActive(pipe)).isFalse());
			PipeCounts counts = SocketWalk.counts(pipe);
			assertThat(counts.written() + counts.read()).isPositive();
			if (conflated) {
				assertThat(counts.sent().size()).isZero();
				assertThat(counts.received().size()).isZero();
			}
		}
	}

}
