package io.github.zmqmonitor.monitor;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A name that is none is refused, and nothing has changed then.
 */
class NamesByHandTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " " })
	void aSocketNeedsAName(String name) {
		ZMQ.Socket socket = this.fixture.socket(SocketType.PUB, "feed");
		assertThatIllegalArgumentException().isThrownBy(() -> this.fixture.monitor().monitor(name, socket));
		assertThat(this.fixture.sockets()).singleElement()
			.satisfies((snapshot) -> assertThat(snapshot.name()).isEqualTo("feed"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " " })
	void aContextNeedsAName(String name) {
		try (ZContext context = new ZContext()) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.fixture.monitor().monitor(name, context));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.fixture.monitor().monitor(name, context, getClass().getClassLoader()));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.fixture.monitor().monitor(name, context.getContext()));
			assertThat(this.fixture.sockets()).isEmpty();
		}
	}

}
