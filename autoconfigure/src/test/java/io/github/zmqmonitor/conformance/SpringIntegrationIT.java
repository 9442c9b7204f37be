package io.github.zmqmonitor.conformance;

import java.nio.charset.StandardCharsets;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.autoconfigure.ZmqMonitorAutoConfiguration;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.monitor.MonitorFixture;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMsg;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.zeromq.ZeroMqProxy;
import org.springframework.integration.zeromq.inbound.ZeroMqMessageProducer;
import org.springframework.integration.zeromq.outbound.ZeroMqMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ZeroMQ components of Spring Integration make their sockets from threads of their
 * own, on the context bean that they are given.
 */
class SpringIntegrationIT {

	/**
	 * The proxy makes its sockets on a thread of its own, on whose stack no class of the
	 * application is.
	 */
	private static final String CALLER = Ways.owner("zContext", "springIntegrationIT");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqMonitorAutoConfiguration.class))
		.withUserConfiguration(Components.class);

	@Test
	void itsSocketsAreSeenAndNamed() {
		this.runner.run((context) -> {
			ZmqMonitor monitor = context.getBean(ZmqMonitor.class);
			ZeroMqMessageHandler handler = context.getBean(ZeroMqMessageHandler.class);
			handler.start();
			handler.handleMessage(MessageBuilder.withPayload("through".getBytes(StandardCharsets.UTF_8)).build())
				.block(MonitorFixture.LIMIT);
			Message<?> received = context.getBean(QueueChannel.class).receive(MonitorFixture.LIMIT.toMillis());
			assertThat(((ZMsg) received.getPayload()).popString()).isEqualTo("through");
			await().untilAsserted(() -> {
				assertState(monitor, CALLER + ".pull", ZmqEndpointState.LISTENING, 1);
				assertState(monitor, CALLER + ".push", ZmqEndpointState.CONNECTED, 1);
				assertState(monitor, "zContext.xsub", ZmqEndpointState.LISTENING, 0);
				assertState(monitor, "zContext.xpub", ZmqEndpointState.LISTENING, 0);
			});
			assertThat(monitor.statistics().eventErrors() + monitor.statistics().instrumentationErrors()).isZero();
		});
	}

	private static void assertState(ZmqMonitor monitor, String socket, ZmqEndpointState state, int connections) {
		assertThat(monitor.snapshot(socket).sockets()).as(socket)
			.singleElement()
			.satisfies((snapshot) -> assertThat(snapshot.endpoints()).singleElement().satisfies((endpoint) -> {
				assertThat(endpoint.state()).isEqualTo(state);
				assertThat(endpoint.connections()).isEqualTo(connections);
			}));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Components {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

		@Bean
		QueueChannel received() {
			return new QueueChannel();
		}

		@Bean
		ZeroMqMessageProducer producer(ZContext context) {
			ZeroMqMessageProducer producer = new ZeroMqMessageProducer(context, SocketType.PULL);
			producer.setReceiveRaw(true);
			producer.setOutputChannelName("received");
			return producer;
		}

		@Bean
		ZeroMqMessageHandler handler(ZContext context, ZeroMqMessageProducer producer) {
			ZeroMqMessageHandler handler = new ZeroMqMessageHandler(context,
					() -> "tcp://localhost:" + awaitPort(producer), SocketType.PUSH);
			handler.setMessageMapper((message) -> (byte[]) message.getPayload());
			return handler;
		}

		private static int awaitPort(ZeroMqMessageProducer producer) {
			await().until(() -> producer.getBoundPort() > 0);
			return producer.getBoundPort();
		}

		@Bean
		ZeroMqProxy proxy(ZContext context) {
			return new ZeroMqProxy(context, ZeroMqProxy.Type.SUB_PUB);
		}

	}

}
