package io.github.zmqmonitor.internal.instrument;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.zmqmonitor.internal.jeromq.AgentEntry;
import org.junit.jupiter.api.Test;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Classes that an agent would change while they are loaded, in class loaders of their
 * own.
 */
class LoadTimeChangesTests {

	private static final String INSTALLED = "InstrumentationOutcome[status=INSTALLED, detail=by the agent]";

	private static final Set<String> CHANGED = JeromqClassesTests.changes()
		.stream()
		.filter(ClassChange::changes)
		.map(ClassChange::className)
		.collect(Collectors.toCollection(TreeSet::new));

	@Test
	void classesAreChangedAsTheyAreLoadedAndNotDefinedAgain() throws Exception {
		AgentLoader loader = new AgentLoader();
		loader.roundTrip();
		// the round trip takes no STREAM and loses nothing
		assertThat(CHANGED).containsAll(loader.changed);
		assertThat(loader.changed).containsAll(
				JeromqClasses.all().stream().filter(ClassChange::changes).map(ClassChange::className).toList());
		assertThat(loader.call("dropsOff")).isNull();
		assertThat(loader.outcome()).isEqualTo(INSTALLED);
		assertThat(loader.install()).isEqualTo(INSTALLED);
		loader.roundTrip();
	}

	@Test
	void toChangeAClassLoadsNoneOfJeromqs() throws Exception {
		AgentLoader loader = new AgentLoader();
		for (String name : CHANGED) {
			assertThat(loader.change(name)).as(name).isNotNull();
		}
		assertThat(loader.loaded).isEmpty();
	}

	@Test
	void whatAConnectionThatIsMadeAnewThrowsAwayIsCounted() throws Exception {
		AgentLoader loader = new AgentLoader();
		Object lost = loader.loadClass(LostQueue.class.getName()).getMethod("lose").invoke(null);
		assertThat(loader.changed).contains("zmq.pipe.Pipe");
		assertThat(lost).asString().matches("([1-9]\\d*) of \\1");
	}

	@Test
	void whoeverDefinesTheClassesFirstIsLeftAlone() throws Exception {
		AgentLoader loader = new AgentLoader();
		assertThat(loader.install()).isEqualTo("InstrumentationOutcome[status=INSTALLED, detail=null]");
		loader.roundTrip();
		assertThat(loader.changed).isEmpty();
	}

	@Test
	void declinedBeforeNothingIsChanged() throws Exception {
		AgentLoader loader = new AgentLoader();
		assertThat(loader.decline()).isFalse();
		loader.roundTrip();
		assertThat(loader.changed).isEmpty();
		assertThat(loader.outcome()).isEqualTo("null");
	}

	@Test
	void declinedAfterwardsTheChangedClassesReportNothing() throws Exception {
		AgentLoader loader = new AgentLoader();
		loader.roundTrip();
		assertThat(loader.decline()).isTrue();
		assertThat(loader.outcome()).isEqualTo("null");
		loader.roundTrip();
		assertThat(loader.install()).contains("FAILED", "declined");
	}

	@Test
	void whatIsInUseIsNotDeclinedAnyMore() throws Exception {
		AgentLoader loader = new AgentLoader();
		loader.roundTrip();
		assertThat(loader.install()).isEqualTo(INSTALLED);
		assertThat(loader.decline()).isFalse();
		assertThat(loader.outcome()).isEqualTo(INSTALLED);
	}

	@Test
	void nothingOfAnotherVersionIsChanged() throws Exception {
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "zmq/io/net/tcp/TcpListener", null, "java/lang/Object", null);
		writer.visitEnd();
		AgentLoader loader = new AgentLoader() {

			@Override
			public InputStream getResourceAsStream(String name) {
				return name.equals("zmq/io/net/tcp/TcpListener.class") ? new ByteArrayInputStream(writer.toByteArray())
						: super.getResourceAsStream(name);
			}

		};
		for (String name : CHANGED) {
			assertThat(loader.change(name)).as(name).isNull();
		}
		assertThat(loader.install()).contains("UNSUPPORTED_VERSION", "zmq/io/net/tcp/TcpListener.");
	}

	@Test
	void whereOnlyDropsAreDifferentOnlyTheyAreNotCounted() throws Exception {
		AgentLoader loader = new AgentLoader() {

			@Override
			public InputStream getResourceAsStream(String name) {
				return name.equals("zmq/socket/LB.class")
						? new ByteArrayInputStream(JeromqInstrumentationTests.emptyClass("zmq/socket/LB"))
						: super.getResourceAsStream(name);
			}

		};
		assertThat(loader.change("zmq.socket.pubsub.Dist")).isNull();
		assertThat(loader.change("zmq.SocketBase")).isNotNull();
		assertThat(loader.outcome()).isEqualTo(INSTALLED);
		assertThat(loader.call("dropsOff")).asString().startsWith("zmq/socket/LB.terminated");
	}

	@Test
	void aClassThatIsDifferentWhenItIsLoadedIsLeftAloneAndDropsAreNotCounted() throws Exception {
		AgentLoader loader = new AgentLoader();
		assertThat(loader.change("zmq.SocketBase")).isNotNull();
		assertThat(loader.call("dropsOff")).isNull();
		assertThat(loader.change("zmq.socket.LB", JeromqInstrumentationTests.emptyClass("zmq/socket/LB"))).isNull();
		assertThat(loader.call("dropsOff")).asString().startsWith("zmq/socket/LB.terminated");
		assertThat(loader.outcome()).isEqualTo(INSTALLED);
	}

	@Test
	void classesOfAnotherLoaderAreLeftAlone() {
		assertThat(AgentEntry.change(new AgentLoader(), "zmq/SocketBase", new byte[0])).isNull();
	}

	/**
	 * Does what the agent does.
	 */
	private static class AgentLoader extends IsolatedLoader {

		private final List<String> changed = new ArrayList<>();

		private final List<String> loaded = new ArrayList<>();

		@Override
		protected Class<?> findClass(String name) throws ClassNotFoundException {
			if (!name.startsWith("zmq.")) {
				return super.findClass(name);
			}
			byte[] bytes;
			try {
				bytes = change(name);
				if (bytes != null) {
					this.changed.add(name);
				}
				else {
					bytes = read(name);
				}
			}
			catch (ReflectiveOperationException | IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
			this.loaded.add(name);
			return defineClass(name, bytes, 0, bytes.length);
		}

		byte[] change(String name) throws ReflectiveOperationException, IOException {
			return change(name, read(name));
		}

		byte[] change(String name, byte[] bytes) throws ReflectiveOperationException {
			Method change = loadClass(AgentEntry.class.getName()).getMethod("change", ClassLoader.class, String.class,
					byte[].class);
			return (byte[]) change.invoke(null, this, name.replace('.', '/'), bytes);
		}

		private byte[] read(String name) throws IOException {
			try (InputStream stream = super.getResourceAsStream(name.replace('.', '/') + ".class")) {
				return stream.readAllBytes();
			}
		}

		void roundTrip() throws Exception {
			loadClass(RoundTrip.class.getName()).getMethod("main", String[].class).invoke(null, (Object) null);
		}

		String outcome() throws Exception {
			return String.valueOf(call("outcome"));
		}

		boolean decline() throws Exception {
			return (boolean) call("decline");
		}

		Object call(String method) throws Exception {
			return loadClass(JeromqInstrumentation.class.getName()).getMethod(method).invoke(null);
		}

	}

}
