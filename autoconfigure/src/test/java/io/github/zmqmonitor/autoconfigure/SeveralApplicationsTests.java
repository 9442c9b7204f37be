package io.github.zmqmonitor.autoconfigure;

import java.util.List;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several application contexts at once in a JVM whose classes of JeroMQ are changed: each
 * socket is in one of them.
 */
class SeveralApplicationsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqMonitorAutoConfiguration.class));

	@BeforeEach
	void followTheSocketsOfTheJvm() {
		Assumptions.assumeTrue(Ways.isAuto(), "skipped: by beans each application sees its own beans only");
		InstrumentedSockets.install(getClass().getClassLoader());
	}

	@Test
	void independentApplicationsHaveTheSocketsOfTheirBeans() {
		this.runner.withUserConfiguration(First.class)
			.run((first) -> this.runner.withUserConfiguration(Second.class).run((second) -> {
				assertThat(names(first)).containsExactlyInAnyOrder("firstSocket", "component.rep");
				assertThat(names(second)).containsExactlyInAnyOrder("secondSocket", "component.rep");
				// of the context of a bean, whoever asks and whenever
				first.getBean(ZContext.class).createSocket(SocketType.XPUB);
				assertThat(names(first)).contains("severalApplicationsTests.xpub").hasSize(3);
				assertThat(names(second)).hasSize(2);
			}));
	}

	@Test
	void aSocketOfNobodyBelongsToTheApplicationStartedLast() {
		try (ZContext context = new ZContext()) {
			this.runner.withUserConfiguration(First.class).run((first) -> {
				this.runner.withUserConfiguration(Second.class).run((second) -> {
					context.createSocket(SocketType.XSUB).bind("tcp://127.0.0.1:*");
					assertThat(names(first)).doesNotContain("severalApplicationsTests.xsub");
					assertThat(names(second)).contains("severalApplicationsTests.xsub");
				});
				// it is not lost with that application
				ZmqSocketSnapshot inherited = first.getBean(ZmqMonitor.class)
					.snapshot()
					.sockets()
					.stream()
					.filter((socket) -> socket.type().equals("XSUB"))
					.findAny()
					.orElseThrow();
				assertThat(inherited.endpoints()).singleElement()
					.satisfies((endpoint) -> assertThat(endpoint.state().id()).isEqualTo("listening"));
			});
		}
	}

	@Test
	void aParentAndItsChildShareOneMonitor() {
		this.runner.withUserConfiguration(First.class)
			.run((parent) -> this.runner.withParent(parent).withUserConfiguration(Second.class).run((child) -> {
				assertThat(child.getBean(ZmqMonitor.class)).isSameAs(parent.getBean(ZmqMonitor.class));
				assertThat(names(parent)).containsExactlyInAnyOrder("firstSocket", "component.rep", "secondSocket",
						"component.rep");
			}));
	}

	@Test
	void contextsThatTestsKeepForEachOtherHaveTheirSockets() throws Exception {
		TestContext first = prepare(FirstTestCase.class);
		TestContext second = prepare(SecondTestCase.class);
		ApplicationContext firstApplication = first.getApplicationContext();
		assertThat(prepare(FirstTestCase.class).getApplicationContext()).isSameAs(firstApplication);
		assertThat(names(firstApplication)).containsExactlyInAnyOrder("firstSocket", "component.rep");
		assertThat(names(second.getApplicationContext())).containsExactlyInAnyOrder("secondSocket", "component.rep");
		first.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
		assertThat(names(second.getApplicationContext())).hasSize(2);
		ZmqMonitor monitor = second.getApplicationContext().getBean(ZmqMonitor.class);
		second.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
		await().until(() -> monitor.snapshot().sockets().isEmpty());
	}

	private static TestContext prepare(Class<?> test) throws Exception {
		TestContextManager manager = new TestContextManager(test);
		manager.prepareTestInstance(test.getDeclaredConstructor().newInstance());
		return manager.getTestContext();
	}

	private static List<String> names(ApplicationContext context) {
		return context.getBean(ZmqMonitor.class).snapshot().sockets().stream().map(ZmqSocketSnapshot::name).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class First {

		@Bean
		ZContext firstContext() {
			return new ZContext();
		}

		@Bean
		ZMQ.Socket firstSocket(ZContext context) {
			return context.createSocket(SocketType.PUB);
		}

		@Bean(destroyMethod = "close")
		Component component() {
			return new Component();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Second {

		@Bean
		ZContext secondContext() {
			return new ZContext();
		}

		@Bean
		ZMQ.Socket secondSocket(ZContext secondContext) {
			return secondContext.createSocket(SocketType.SUB);
		}

		@Bean(destroyMethod = "close")
		Component otherComponent() {
			return new Component();
		}

	}

	static class Component {

		private final ZContext context = new ZContext();

		Component() {
			this.context.createSocket(SocketType.REP);
		}

		void close() {
			this.context.close();
		}

	}

	@ContextConfiguration(classes = First.class)
	@ImportAutoConfiguration(ZmqMonitorAutoConfiguration.class)
	static class FirstTestCase {

	}

	@ContextConfiguration(classes = Second.class)
	@ImportAutoConfiguration(ZmqMonitorAutoConfiguration.class)
	static class SecondTestCase {

	}

}
