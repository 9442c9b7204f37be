package io.github.zmqmonitor.events;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import org.apache.commons.logging.impl.SimpleLog;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log of an application from its start to its end.
 */
class ZmqEventLoggerContextTests {

	private static final RecordingLog log = new RecordingLog();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqMonitorAutoConfiguration.class))
		.withUserConfiguration(Application.class);

	@Test
	void linesNameBeansAndNothingIsAlarmingWhenTheApplicationCloses() {
		log.lines.clear();
		this.runner.run((context) -> {
			await().untilAsserted(() -> assertThat(log.lines).anyMatch(
					(line) -> line.startsWith("INFO asker (") && line.contains(": connected to tcp://127.0.0.1:")));
			assertThat(log.lines).anyMatch((line) -> line.startsWith("DEBUG answerer ("))
				.noneMatch((line) -> line.contains("zContext."));
		});
		assertThat(log.lines).filteredOn((line) -> line.contains("connection lost"))
			.isNotEmpty()
			.allMatch((line) -> line.startsWith("DEBUG asker ("));
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		ZMQ.Socket answerer(ZContext context) {
			ZMQ.Socket socket = context.createSocket(SocketType.REP);
			socket.bind("tcp://127.0.0.1:*");
			return socket;
		}

		@Bean
		ZMQ.Socket asker(ZContext context, ZMQ.Socket answerer) {
			ZMQ.Socket socket = context.createSocket(SocketType.REQ);
			socket.connect(answerer.getLastEndpoint());
			return socket;
		}

		/**
		 * Ends the server first, and waits until the log has heard of it.
		 */
		@Bean
		ApplicationListener<ContextClosedEvent> end(ZMQ.Socket answerer) {
			return (event) -> {
				answerer.close();
				await().until(() -> log.lines.stream().anyMatch((line) -> line.contains("connection lost")));
			};
		}

		@Bean
		ZmqEventLogger zmqEventLogger() {
			return new ZmqEventLogger(log, Clock.systemUTC());
		}

	}

	private static final class RecordingLog extends SimpleLog {

		private static final long serialVersionUID = 1L;

		private final transient List<String> lines = new CopyOnWriteArrayList<>();

		RecordingLog() {
			super("test");
			setLevel(LOG_LEVEL_DEBUG);
		}

		@Override
		protected void log(int type, Object message, Throwable cause) {
			String level = (type == LOG_LEVEL_WARN) ? "WARN" : (type == LOG_LEVEL_INFO) ? "INFO" : "DEBUG";
			this.lines.add(level + " " + message);
		}

	}

}
