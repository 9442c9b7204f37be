package io.github.zmqmonitor.internal.instrument;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;

import static org.assertj.core.api.Assertions.assertThat;

class JeromqInstrumentationTests {

	@Test
	void definesTheSameClassesOnce() throws Exception {
		IsolatedLoader loader = new IsolatedLoader();
		assertThat(loader.install()).isEqualTo("InstrumentationOutcome[status=INSTALLED, detail=null]");
		assertThat(loader.install()).isEqualTo("InstrumentationOutcome[status=INSTALLED, detail=null]");
		for (ClassChange change : JeromqClassesTests.changes()) {
			assertThat(!change.changes() || loader.hasLoaded(change.className())).as(change.name()).isTrue();
		}
		assertThat(dropsOff(loader)).isNull();
	}

	@Test
	void whereOnlyDropsAreDifferentOnlyTheyAreNotCounted() throws Exception {
		byte[] other = emptyClass("zmq/socket/LB");
		IsolatedLoader loader = new IsolatedLoader() {

			@Override
			public InputStream getResourceAsStream(String name) {
				return name.equals("zmq/socket/LB.class") ? new ByteArrayInputStream(other)
						: super.getResourceAsStream(name);
			}

		};
		assertThat(loader.install()).isEqualTo("InstrumentationOutcome[status=INSTALLED, detail=null]");
		for (ClassChange change : DropClasses.all()) {
			assertThat(loader.hasLoaded(change.className()) && change.changes()).as(change.name()).isFalse();
		}
		assertThat(dropsOff(loader)).asString().startsWith("zmq/socket/LB.terminated");
	}

	@Test
	void whereAClassThatDropsIsLoadedOnlyDropsAreNotCounted() throws Exception {
		IsolatedLoader loader = new IsolatedLoader();
		loader.loadClass("zmq.socket.pubsub.Dist");
		assertThat(loader.install()).isEqualTo("InstrumentationOutcome[status=INSTALLED, detail=null]");
		assertThat(dropsOff(loader)).isEqualTo("zmq.socket.pubsub.Dist was loaded already");
		loader.loadClass(RoundTrip.class.getName()).getMethod("main", String[].class).invoke(null, (Object) null);
	}

	private static Object dropsOff(IsolatedLoader loader) throws Exception {
		return loader.loadClass(JeromqInstrumentation.class.getName()).getMethod("dropsOff").invoke(null);
	}

	@Test
	void threadsThatInstallAtTheSameTimeGetTheSameOutcome() throws Exception {
		IsolatedLoader loader = new IsolatedLoader();
		List<String> outcomes = Collections.synchronizedList(new ArrayList<>());
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> {
				try {
					outcomes.add(loader.install());
				}
				catch (Exception ex) {
					outcomes.add(ex.toString());
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(outcomes).hasSize(4).allMatch((it) -> it.contains("INSTALLED"));
	}

	@Test
	void changesNothingIfSocketsAreLoaded() throws Exception {
		IsolatedLoader loader = new IsolatedLoader();
		loader.loadClass("zmq.SocketBase");
		assertThat(loader.install()).contains("ALREADY_LOADED", "zmq.SocketBase");
		for (ClassChange change : JeromqClasses.all()) {
			if (change.changes() && !change.name().endsWith("SocketBase")) {
				assertThat(loader.hasLoaded(change.className())).as(change.name()).isFalse();
			}
		}
	}

	@Test
	void aSocketWithoutItsContextReportsNothingAndWorks() throws Exception {
		for (ClassChange change : JeromqClasses.all()) {
			if (change.changes() && !change.name().endsWith("SocketBase")) {
				IsolatedLoader loader = new IsolatedLoader();
				loader.loadClass(change.className());
				assertThat(loader.install()).contains("ALREADY_LOADED", change.className());
				loader.loadClass(RoundTrip.class.getName())
					.getMethod("main", String[].class)
					.invoke(null, (Object) null);
			}
		}
	}

	@Test
	void leavesClassesOfAnotherLoaderAlone() throws Exception {
		IsolatedLoader loader = new IsolatedLoader() {

			@Override
			protected boolean isOwn(String name) {
				return name.startsWith("io.github.zmqmonitor.");
			}

		};
		assertThat(loader.install()).contains("OTHER_CLASS_LOADER");
	}

	@Test
	void isAbsentWithoutJeromq() throws Exception {
		IsolatedLoader loader = new IsolatedLoader() {

			@Override
			protected Class<?> findClass(String name) throws ClassNotFoundException {
				if (name.startsWith("zmq.") || name.startsWith("org.zeromq.")) {
					throw new ClassNotFoundException(name);
				}
				return super.findClass(name);
			}

		};
		assertThat(loader.install()).isEqualTo("InstrumentationOutcome[status=NOT_PRESENT, detail=null]");
	}

	@Test
	void changesNothingOfAnotherVersion() throws Exception {
		byte[] other = emptyClass("zmq/io/net/tcp/TcpListener");
		IsolatedLoader loader = new IsolatedLoader() {

			@Override
			public InputStream getResourceAsStream(String name) {
				return name.equals("zmq/io/net/tcp/TcpListener.class") ? new ByteArrayInputStream(other)
						: super.getResourceAsStream(name);
			}

		};
		assertThat(loader.install()).contains("UNSUPPORTED_VERSION", "zmq/io/net/tcp/TcpListener.");
		for (ClassChange change : JeromqClasses.all()) {
			assertThat(loader.hasLoaded(change.className())).as(change.name()).isFalse();
		}
	}

	@Test
	void doesNothingInANativeImage() throws Exception {
		System.setProperty("org.graalvm.nativeimage.imagecode", "runtime");
		try {
			assertThat(new IsolatedLoader().install()).contains("NATIVE_IMAGE");
		}
		finally {
			System.clearProperty("org.graalvm.nativeimage.imagecode");
		}
	}

	static byte[] emptyClass(String name) {
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
		writer.visitEnd();
		return writer.toByteArray();
	}

}
