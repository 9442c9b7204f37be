package io.github.zmqmonitor.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.ProvokesErrors;
import io.github.zmqmonitor.autoconfigure.metrics.ZmqMetricsAutoConfiguration;
import io.github.zmqmonitor.events.ZmqEventLogger;
import io.github.zmqmonitor.events.ZmqEventPublisher;
import io.github.zmqmonitor.metrics.ZmqMetrics;
import io.github.zmqmonitor.model.ZmqEndpointState;
import io.github.zmqmonitor.model.ZmqEventType;
import io.github.zmqmonitor.model.ZmqMonitorSettings;
import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.model.ZmqSocketEventListener;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static io.github.zmqmonitor.monitor.MonitorFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

class ZmqMonitorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqMonitorAutoConfiguration.class, ZmqMetricsAutoConfiguration.class));

	@Test
	void contextsAreReplacedByTheirProxies() {
		this.runner.withUserConfiguration(OneContext.class).run((context) -> {
			assertThat(context.getBean(ZContext.class)).isNotExactlyInstanceOf(ZContext.class);
			context.getBean(ZContext.class).createSocket(SocketType.PUB);
			assertThat(names(context.getBean(ZmqMonitor.class))).containsExactly("zContext.pub");
		});
	}

	@Test
	void socketBeansHaveTheirBeanNames() {
		this.runner.withUserConfiguration(OneContext.class, SocketBean.class).run((context) -> {
			assertThat(names(context.getBean(ZmqMonitor.class))).containsExactly("feed");
			assertThat(context.getBean(ZmqMonitor.class).snapshot().sockets().get(0).endpoints()).singleElement()
				.satisfies((endpoint) -> assertThat(endpoint.state()).isEqualTo(ZmqEndpointState.LISTENING));
		});
	}

	@Test
	void theContextClosesWithItsSockets() {
		ZmqMonitor[] monitor = new ZmqMonitor[1];
		this.runner.withUserConfiguration(OneContext.class, SocketBean.class)
			.run((context) -> monitor[0] = context.getBean(ZmqMonitor.class));
		await().untilAsserted(() -> assertThat(monitor[0].snapshot().sockets()).isEmpty());
	}

	@Test
	void allContextsOfAnApplicationAreMonitored() {
		this.runner.withUserConfiguration(SeveralContexts.class).run((context) -> {
			context.getBeansOfType(ZContext.class).values().forEach((it) -> it.createSocket(SocketType.PUB));
			assertThat(names(context.getBean(ZmqMonitor.class))).containsExactlyInAnyOrder("first.pub", "second.pub",
					"lazy.pub", "factory.pub", "prototype.pub");
			context.getBean("prototype", ZContext.class).createSocket(SocketType.SUB);
			assertThat(names(context.getBean(ZmqMonitor.class))).contains("prototype.sub");
			context.getBean(ZmqMonitor.class);
		});
		SeveralContexts.PROTOTYPES.forEach(ZContext::close);
		SeveralContexts.PROTOTYPES.clear();
	}

	@Test
	void aParentAndItsChildShareOneMonitor() {
		this.runner.withUserConfiguration(OneContext.class)
			.run((parent) -> this.runner.withParent(parent).withUserConfiguration(ChildContext.class).run((child) -> {
				assertThat(child.getBean(ZmqMonitor.class)).isSameAs(parent.getBean(ZmqMonitor.class));
				parent.getBean(ZContext.class).createSocket(SocketType.PUB);
				child.getBean("child", ZContext.class).createSocket(SocketType.PUB);
				assertThat(names(parent.getBean(ZmqMonitor.class))).containsExactlyInAnyOrder("zContext.pub",
						"child.pub");
			}));
	}

	@Test
	void twoApplicationsHaveTwoMonitors() {
		this.runner.withUserConfiguration(OneContext.class, SocketBean.class)
			.run((one) -> this.runner.withUserConfiguration(OneContext.class, SocketBean.class)
				.run((two) -> assertThat(one.getBean(ZmqMonitor.class)).isNotSameAs(two.getBean(ZmqMonitor.class))));
	}

	@Test
	void excludedBeansAreLeftAlone() {
		this.runner.withUserConfiguration(OneContext.class, SocketBean.class)
			.withPropertyValues("zmq.monitor.exclude=other,zC*")
			.run((context) -> {
				assertThat(context.getBean(ZContext.class)).isExactlyInstanceOf(ZContext.class);
				assertThat(names(context.getBean(ZmqMonitor.class))).containsExactly("feed");
			});
	}

	@Test
	void switchedOffThereIsNothing() {
		this.runner.withUserConfiguration(OneContext.class)
			.withPropertyValues("zmq.monitor.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(ZmqMonitor.class).doesNotHaveBean(ZmqMetrics.class);
				assertThat(context.getBean(ZContext.class)).isExactlyInstanceOf(ZContext.class);
			});
	}

	@Test
	void withoutJeroMqThereIsNothing() {
		this.runner.withClassLoader(new FilteredClassLoader("org.zeromq", "zmq"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("zmqMonitor"));
	}

	@Test
	void withoutMicrometerSocketsAreMonitored() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.withUserConfiguration(OneContext.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ZmqMonitor.class)
				.doesNotHaveBean("zmqMetrics"));
	}

	@Test
	void aMonitorOfTheApplicationIsUsed() {
		this.runner.withUserConfiguration(OwnMonitor.class, OneContext.class).run((context) -> {
			assertThat(context).hasSingleBean(ZmqMonitor.class).hasBean("ownMonitor");
			context.getBean(ZContext.class).createSocket(SocketType.PUB);
			assertThat(names(context.getBean(ZmqMonitor.class))).containsExactly("zContext.pub");
		});
	}

	@Test
	@ProvokesErrors
	void contextsThatCannotBeProxiedAreGivenBackAsTheyAre() {
		this.runner.withUserConfiguration(FinalContext.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getType("zContext")).isEqualTo(FinalZContext.class);
			assertThat(context.getBean(ZContext.class)).isExactlyInstanceOf(FinalZContext.class);
			assertThat(context.getBean(ZmqMonitor.class).statistics().instrumentationErrors()).isEqualTo(1);
		});
	}

	@Test
	void aContextInACircleOfBeansIsMonitored() {
		this.runner.withUserConfiguration(Circle.class).withAllowCircularReferences(true).run((context) -> {
			assertThat(context).hasNotFailed();
			ZContext proxy = context.getBean(ZContext.class);
			assertThat(context.getBean(Circle.Holder.class).zContext).isSameAs(proxy);
			proxy.createSocket(SocketType.PUB);
			assertThat(names(context.getBean(ZmqMonitor.class))).containsExactly("circular.pub");
		});
	}

	@Test
	void listenersAreCalledInOrder() {
		this.runner.withUserConfiguration(OneContext.class, Listeners.class).run((context) -> {
			List<String> calls = context.getBean(Listeners.class).calls;
			ZMQ.Socket socket = context.getBean(ZContext.class).createSocket(SocketType.PUB);
			socket.bind("tcp://127.0.0.1:*");
			await().untilAsserted(() -> assertThat(calls).containsExactly("first LISTENING", "second LISTENING"));
		});
	}

	@Test
	void theThreadOfListenersEndsWithTheApplication() {
		Thread[] thread = new Thread[1];
		this.runner.withUserConfiguration(OneContext.class)
			.withBean(ZmqSocketEventListener.class, () -> (event) -> thread[0] = Thread.currentThread())
			.run((context) -> {
				context.getBean(ZContext.class).createSocket(SocketType.PUB).bind("tcp://127.0.0.1:*");
				await().untilAsserted(() -> assertThat(thread[0]).isNotNull());
				assertThat(thread[0].getName()).isEqualTo("zmq-monitor-events");
				assertThat(thread[0].isDaemon()).isTrue();
			});
		await().untilAsserted(() -> assertThat(thread[0].isAlive()).isFalse());
	}

	@Test
	void listenersOfAParentAreCalledOnceAndThoseOfAChildUntilItsEnd() {
		List<String> calls = new CopyOnWriteArrayList<>();
		this.runner.withUserConfiguration(OneContext.class)
			.withBean("parentListener", ZmqSocketEventListener.class, () -> (event) -> calls.add("parent"))
			.run((parent) -> {
				ZMQ.Socket socket = parent.getBean(ZContext.class).createSocket(SocketType.PUB);
				this.runner.withParent(parent)
					.withBean("childListener", ZmqSocketEventListener.class, () -> (event) -> calls.add("child"))
					.run((child) -> {
						socket.bind("tcp://127.0.0.1:*");
						await().untilAsserted(() -> assertThat(calls).containsExactly("parent", "child"));
					});
				socket.bind("tcp://127.0.0.1:*");
				await().untilAsserted(() -> assertThat(calls).containsExactly("parent", "child", "parent"));
			});
	}

	@Test
	void eventsArePublishedOnRequest() {
		this.runner.withUserConfiguration(OneContext.class, Published.class)
			.withPropertyValues("zmq.monitor.publish.enabled=true", "zmq.monitor.log.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(ZmqEventLogger.class);
				context.getBean(ZContext.class).createSocket(SocketType.PUB).bind("tcp://127.0.0.1:*");
				List<ZmqSocketEvent> events = context.getBean(Published.class).events;
				await().untilAsserted(() -> assertThat(events).extracting(ZmqSocketEvent::type)
					.containsExactly(ZmqEventType.LISTENING));
			});
	}

	@Test
	void eventsAreLoggedButNotPublishedByDefault() {
		this.runner.withUserConfiguration(OneContext.class)
			.run((context) -> assertThat(context).hasSingleBean(ZmqEventLogger.class)
				.doesNotHaveBean(ZmqEventPublisher.class));
	}

	private static List<String> names(ZmqMonitor monitor) {
		return monitor.snapshot().sockets().stream().map(ZmqSocketSnapshot::name).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class OneContext {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ChildContext {

		@Bean
		@Primary
		ZContext child() {
			return new ZContext();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SocketBean {

		@Bean
		ZMQ.Socket feed(ZContext context) {
			ZMQ.Socket socket = context.createSocket(SocketType.PUB);
			socket.bind("tcp://127.0.0.1:*");
			return socket;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SeveralContexts {

		static final List<ZContext> PROTOTYPES = new CopyOnWriteArrayList<>();

		@Bean
		@Primary
		ZContext first() {
			return new ZContext();
		}

		@Bean
		ZContext second() {
			return new ZContext();
		}

		@Bean
		@Lazy
		ZContext lazy() {
			return new ZContext();
		}

		@Bean
		@Scope("prototype")
		ZContext prototype() {
			ZContext context = new ZContext();
			PROTOTYPES.add(context);
			return context;
		}

		@Bean
		ContextFactory factory() {
			return new ContextFactory();
		}

	}

	static class ContextFactory implements FactoryBean<ZContext>, AutoCloseable {

		private final ZContext context = new ZContext();

		@Override
		public ZContext getObject() {
			return this.context;
		}

		@Override
		public Class<?> getObjectType() {
			return ZContext.class;
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Published {

		final List<ZmqSocketEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void onEvent(ZmqSocketEvent event) {
			this.events.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMonitor {

		@Bean
		ZmqMonitor ownMonitor() {
			return new ZmqMonitor(ZmqMonitorSettings.DEFAULTS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FinalContext {

		@Bean
		ZContext zContext() {
			return new FinalZContext();
		}

	}

	static final class FinalZContext extends ZContext {

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		final List<String> calls = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		ZmqSocketEventListener second() {
			return (event) -> this.calls.add("second " + event.type());
		}

		@Bean
		@Order(1)
		ZmqSocketEventListener first() {
			return (event) -> this.calls.add("first " + event.type());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Circle {

		@Bean
		CircularContext circular() {
			return new CircularContext();
		}

		@Bean
		Holder holder() {
			return new Holder();
		}

		static class CircularContext extends ZContext {

			@Autowired
			Holder holder;

		}

		static class Holder {

			@Autowired
			ZContext zContext;

		}

	}

}
