package io.github.zmqmonitor.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.zmqmonitor.internal.instrument.PublicCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.zeromq.SocketType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every public method returns, throws and leaves behind what it does in JeroMQ without
 * this library, in both ways to find sockets.
 */
class PlainCallsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	static Stream<Arguments> sockets() {
		return Arrays.stream(SocketType.values())
			.flatMap((type) -> Stream.of("fresh", "bound", "inproc", "retrying", "closed")
				.map((state) -> Arguments.of(type, state)));
	}

	@ParameterizedTest
	@MethodSource("sockets")
	void socketsBehaveAsInPlainJeroMq(SocketType type, String state) throws Exception {
		assertSame(PublicCalls.run(this.fixture.context(), type.name(), state),
				PublicCalls.inPlainJeroMq(type.name(), state));
	}

	@Test
	void contextsBehaveAsInPlainJeroMq() throws Exception {
		assertSame(PublicCalls.run(this.fixture.context(), "context", "fresh"),
				PublicCalls.inPlainJeroMq("context", "fresh"));
	}

	private static void assertSame(List<String> calls, List<String> plain) {
		assertThat(calls).hasSameSizeAs(plain).hasSizeGreaterThan(50);
		for (int i = 0; i < calls.size(); i++) {
			assertThat(calls.get(i)).isEqualTo(plain.get(i));
		}
	}

}
