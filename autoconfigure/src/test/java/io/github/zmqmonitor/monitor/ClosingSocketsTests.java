package io.github.zmqmonitor.monitor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sockets that are closed while somebody reads them.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClosingSocketsTests {

	@RegisterExtension
	final MonitorFixture fixture = new MonitorFixture();

	@Test
	void areReadWithoutAFailureAndWithoutAWarning(CapturedOutput output) {
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
			int read = 0;
			while (!over.get()) {
				read += this.fixture.monitor().snapshot("closing").sockets().size();
				this.fixture.monitor().hints();
			}
			return read;
		});
		try {
			for (int i = 0; i < 300; i++) {
				ZMQ.Socket server = this.fixture.socket(SocketType.XPUB, "closing");
				server.bind("inproc://closing-" + i);
				ZMQ.Socket client = this.fixture.socket(SocketType.SUB, "closing");
				client.connect("inproc://closing-" + i);
				server.close();
				client.close();
			}
		}
		finally {
			over.set(true);
		}
		assertThat(reader.join()).isPositive();
		assertThat(output).doesNotContain("WARN").doesNotContain("Exception");
		assertThat(this.fixture.monitor().statistics().instrumentationErrors()).isZero();
	}

}
