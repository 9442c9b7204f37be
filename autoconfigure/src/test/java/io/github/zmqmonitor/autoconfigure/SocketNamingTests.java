package io.github.zmqmonitor.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zmqmonitor.Ways;
import io.github.zmqmonitor.internal.jeromq.InstrumentedSockets;
import io.github.zmqmonitor.model.ZmqSocketNaming;
import io.github.zmqmonitor.model.ZmqSocketSnapshot;
import io.github.zmqmonitor.monitor.ZmqMonitor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What sockets are called that are no beans, in both ways to find sockets.
 */
@ExtendWith(OutputCaptureExtension.class)
class SocketNamingTests {

	private static final String DEFAULT_NAME = Ways.isAuto() ? "socketNamingTests.pub" : "zContext.pub";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZmqMonitorAutoConfiguration.class))
		.withUserConfiguration(OneContext.class);

	@BeforeEach
	void followTheSocketsOfTheJvm() {
		if (Ways.isAuto()) {
			InstrumentedSockets.install(getClass().getClassLoader());
		}
	}

	@Test
	void aNamingIsToldWhatIsKnown() {
		List<ZmqSocketNaming.UnnamedSocket> asked = new CopyOnWriteArrayList<>();
		naming((socket) -> {
			asked.add(socket);
			return "named";
		}).run((context) -> {
			publisher(context);
			assertThat(names(context)).containsExactly("named");
			assertThat(asked).containsExactly(new ZmqSocketNaming.UnnamedSocket(SocketNamingTests.class.getName(),
					"zContext", "PUB", DEFAULT_NAME));
		});
	}

	@Test
	void theFirstThatGivesANameDecides() {
		naming((socket) -> null).withUserConfiguration(TwoNamings.class).run((context) -> {
			publisher(context);
			context.getBean(ZContext.class).createSocket(SocketType.SUB);
			assertThat(names(context)).containsExactlyInAnyOrder("first", "second");
		});
	}

	@Test
	void withoutANameTheSocketHasItsDefaultName(CapturedOutput output) {
		naming((socket) -> null).run((context) -> {
			publisher(context);
			assertThat(names(context)).containsExactly(DEFAULT_NAME);
		});
		assertThat(output).doesNotContain("ZmqSocketNaming");
	}

	@Test
	void aNamingThatThrowsIsToldOnce(CapturedOutput output) {
		naming((socket) -> {
			throw new StackOverflowError("naming");
		}).run((context) -> {
			publisher(context);
			publisher(context);
			assertThat(names(context)).containsExactly(DEFAULT_NAME, DEFAULT_NAME);
			assertThat(context.getBean(ZmqMonitor.class).statistics().instrumentationErrors())
				.isGreaterThanOrEqualTo(2);
		});
		assertThat(output.toString().split("A ZmqSocketNaming has failed", -1)).hasSize(2);
	}

	@Test
	void aBlankNameIsNone(CapturedOutput output) {
		naming((socket) -> " ").run((context) -> {
			publisher(context);
			assertThat(names(context)).containsExactly(DEFAULT_NAME);
		});
		assertThat(output.toString().split("blank name", -1)).hasSize(2);
	}

	@Test
	void aNamingMayMakeSockets() {
		this.runner.withUserConfiguration(SocketMakingNaming.class).run((context) -> {
			publisher(context);
			assertThat(names(context)).contains("named").hasSize(2);
		});
	}

	@Test
	void socketsFromBeforeTheNamingAreRenamedUnlessTheyHaveANameOfTheirOwn() {
		this.runner.withUserConfiguration(EarlySockets.class).run((context) -> {
			assertThat(EarlySockets.early).containsExactly(Ways.isAuto() ? "earlySockets.push" : "zContext.push",
					"by hand");
			assertThat(names(context)).containsExactlyInAnyOrder("named", "by hand", "bean");
		});
	}

	@Test
	void theNamingOfAChildEndsWithIt() {
		this.runner.run((parent) -> {
			naming((socket) -> "child's").withParent(parent).run((child) -> {
				assertThat(child.getBean(ZmqMonitor.class)).isSameAs(parent.getBean(ZmqMonitor.class));
				publisher(parent);
			});
			publisher(parent);
			assertThat(names(parent)).containsExactlyInAnyOrder("child's", DEFAULT_NAME);
		});
	}

	@Test
	void onRequestNamesAreThoseOfTheContext() {
		this.runner.withPropertyValues("zmq.monitor.naming=context").run((context) -> {
			publisher(context);
			assertThat(names(context)).containsExactly("zContext.pub");
		});
	}

	@Test
	void socketsOfAContextOfTheOldKindBelongToTheApplicationWhoseBeanItIs() {
		Assumptions.assumeTrue(Ways.isAuto(), "where sockets are found by beans, only those of a ZContext are");
		this.runner.withUserConfiguration(OldContext.class)
			.withPropertyValues("zmq.monitor.naming=context")
			.run((first) -> this.runner.run((last) -> {
				ZMQ.Socket late = first.getBean(ZMQ.Context.class).socket(SocketType.SUB);
				assertThat(names(last)).isEmpty();
				assertThat(names(first)).containsExactlyInAnyOrder("oldContext.rep", "oldContext.sub",
						"beanOfOldContext");
				assertThat(first.getBean(ZmqMonitor.class).snapshot("oldContext.sub").sockets()).singleElement()
					.satisfies((socket) -> assertThat(socket.context()).isEqualTo("oldContext"));
				late.close();
			}));
	}

	@Test
	void aContextOfTheOldKindStaysWhatItIs() {
		this.runner.withUserConfiguration(OldContext.class)
			.run((context) -> assertThat(context.getBean(ZMQ.Context.class).getClass()).isEqualTo(ZMQ.Context.class));
	}

	@Test
	void aContextThatIsNamedLateNamesItsSockets() {
		Assumptions.assumeTrue(Ways.isAuto(), "where sockets are found by beans, earlier ones are not");
		this.runner.withPropertyValues("zmq.monitor.naming=context").run((context) -> {
			ZmqMonitor monitor = context.getBean(ZmqMonitor.class);
			try (ZContext own = new ZContext()) {
				own.createSocket(SocketType.PUB);
				assertThat(names(context)).containsExactly("zContext.pub");
				monitor.monitor("own", own);
				assertThat(names(context)).containsExactly("own.pub");
			}
		});
	}

	private ApplicationContextRunner naming(ZmqSocketNaming naming) {
		return this.runner.withBean("naming", ZmqSocketNaming.class, () -> naming);
	}

	private static void publisher(ApplicationContext context) {
		context.getBean(ZContext.class).createSocket(SocketType.PUB);
	}

	private static List<String> names(ApplicationContext context) {
		return context.getBean(ZmqMonitor.class).snapshot().sockets().stream().map(ZmqSocketSnapshot::name).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class OneContext {

		@Bean
		ZContext zContext() {
			return new ZContext();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoNamings {

		@Bean
		@Order(2)
		ZmqSocketNaming second() {
			return (socket) -> "second";
		}

		@Bean
		@Order(1)
		ZmqSocketNaming first() {
			return (socket) -> socket.type().equals("PUB") ? "first" : null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SocketMakingNaming {

		@Bean
		ZmqSocketNaming naming(ZContext context) {
			return (socket) -> {
				if (socket.type().equals("PUB")) {
					context.createSocket(SocketType.PAIR);
				}
				return "named";
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlySockets {

		static List<String> early = List.of();

		@Bean
		Object maker(ZContext context, ZmqMonitor monitor) {
			context.createSocket(SocketType.PUSH);
			monitor.monitor("by hand", context.createSocket(SocketType.PULL));
			early = new ArrayList<>(monitor.snapshot().sockets().stream().map(ZmqSocketSnapshot::name).toList());
			return "maker";
		}

		@Bean
		ZMQ.Socket bean(ZContext context, Object maker) {
			return context.createSocket(SocketType.PAIR);
		}

		/**
		 * Needs a socket itself: made any earlier, this would be a circle.
		 */
		@Bean
		ZmqSocketNaming naming(ZMQ.Socket bean) {
			return (socket) -> "named";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OldContext {

		@Bean(destroyMethod = "close")
		ZMQ.Context oldContext() {
			return ZMQ.context(1);
		}

		@Bean(destroyMethod = "close")
		ZMQ.Socket beanOfOldContext(ZMQ.Context oldContext) {
			return oldContext.socket(SocketType.PAIR);
		}

		@Bean
		Object maker(ZMQ.Context oldContext) {
			return new SocketHolder(oldContext.socket(SocketType.REP));
		}

	}

	/**
	 * Another bean, which closes its socket.
	 */
	record SocketHolder(ZMQ.Socket socket) implements AutoCloseable {

		@Override
		public void close() {
			this.socket.close();
		}

	}

}
