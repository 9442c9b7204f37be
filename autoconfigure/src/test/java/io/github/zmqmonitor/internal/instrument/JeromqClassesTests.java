package io.github.zmqmonitor.internal.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JeromqClassesTests {

	private static final String PROBES = "io/github/zmqmonitor/";

	static List<ClassChange> changes() {
		return JeromqClasses.all();
	}

	@ParameterizedTest
	@MethodSource("changes")
	void onlyTheMethodsThatAreNamedAreChanged(ClassChange change) throws Exception {
		Map<String, List<String>> original = Instructions.of(classFile(change.name()));
		Map<String, List<String>> changed = Instructions.of(change.apply(classFile(change.name())));
		assertThat(changed.keySet()).isEqualTo(original.keySet());
		Set<String> different = new TreeSet<>();
		original.forEach((method, instructions) -> {
			if (!instructions.equals(changed.get(method))) {
				different.add(method);
			}
		});
		assertThat(different).isEqualTo(change.changedMethods());
	}

	@Test
	void nothingIsChangedThatAMessagePasses() {
		Set<String> methods = new TreeSet<>();
		for (ClassChange change : changes()) {
			change.changedMethods()
				.forEach((it) -> methods.add(change.name().substring(change.name().lastIndexOf('/') + 1) + "."
						+ it.replaceAll("\\(.*", "")));
		}
		assertThat(methods).containsExactlyInAnyOrder("Ctx.createSocket", "Ctx.terminate", "SocketBase.addEndpoint",
				"SocketBase.bind", "SocketBase.close", "SocketBase.connect", "SocketBase.connectPeer",
				"SocketBase.destroy", "SocketBase.event", "SocketBase.monitor", "SocketBase.pipeTerminated",
				"SocketBase.termEndpoint", "StreamEngine.error", "StreamEngine.handshake",
				"StreamEngine.mechanismReady", "StreamEngine.nextHandshakeCommand", "StreamEngine.plug",
				"StreamEngine.processHandshakeCommand", "StreamEngine.terminate", "StreamEngine.zapMsgAvailable",
				"TcpConnecter.addReconnectTimer", "TcpConnecter.close", "TcpConnecter.connect",
				"TcpConnecter.connectEvent", "TcpConnecter.open", "TcpConnecter.startConnecting",
				"TcpListener.acceptEvent", "TcpListener.close", "TcpListener.setAddress");
	}

	@ParameterizedTest
	@MethodSource("changes")
	void everyProbeThatIsCalledExists(ClassChange change) throws Exception {
		Set<String> probes = new TreeSet<>();
		for (Class<?> probe : List.of(SocketProbe.class, EngineProbe.class, ConnectProbe.class)) {
			for (Method method : probe.getMethods()) {
				if (Modifier.isStatic(method.getModifiers())) {
					probes.add(Type.getInternalName(probe) + "." + method.getName() + Type.getMethodDescriptor(method));
				}
			}
		}
		Instructions.of(change.apply(classFile(change.name())))
			.values()
			.stream()
			.flatMap(List::stream)
			.filter((it) -> it.startsWith(Opcodes.INVOKESTATIC + " " + PROBES))
			.forEach((it) -> assertThat(probes).contains(it.substring(it.indexOf(' ') + 1)));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void aClassThatLacksAnythingIsRefused(ClassChange change) throws Exception {
		byte[] original = classFile(change.name());
		change.apply(original);
		for (String method : change.changedMethods()) {
			assertThatExceptionOfType(UnexpectedClassException.class).as(method)
				.isThrownBy(() -> change.apply(without(original, method)))
				.withMessageContaining(change.name());
		}
		for (String needed : change.needed()) {
			String member = needed.replace("public ", "").replace(" ", "");
			assertThatExceptionOfType(UnexpectedClassException.class).as(needed)
				.isThrownBy(() -> change.apply(without(original, member)))
				.withMessageContaining(change.name());
		}
	}

	@Test
	void aMethodThatCallsSomethingElseIsRefused() throws Exception {
		ClassChange change = changes().stream()
			.filter((it) -> it.name().endsWith("TcpConnecter"))
			.findAny()
			.orElseThrow();
		byte[] original = classFile(change.name());
		byte[] other = visit(original, (writer) -> new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				return new MethodVisitor(Opcodes.ASM9,
						super.visitMethod(access, name, descriptor, signature, exceptions)) {

					@Override
					public void visitMethodInsn(int opcode, String owner, String called, String type,
							boolean isInterface) {
						super.visitMethodInsn(opcode, owner, called.replace("eventConnectRetried", "eventRetry"), type,
								isInterface);
					}

				};
			}

		});
		assertThatExceptionOfType(UnexpectedClassException.class).isThrownBy(() -> change.apply(other))
			.withMessage("zmq/io/net/tcp/TcpConnecter.addReconnectTimer()V has 0 of 1 expected places");
	}

	private static byte[] without(byte[] original, String member) {
		return visit(original, (writer) -> new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
				return super.visitField(access, member.equals(name + descriptor) ? name + "Other" : name, descriptor,
						signature, value);
			}

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				return super.visitMethod(access, member.equals(name + descriptor) ? name + "Other" : name, descriptor,
						signature, exceptions);
			}

		});
	}

	private static byte[] visit(byte[] original, Function<ClassWriter, ClassVisitor> visitor) {
		ClassWriter writer = new ClassWriter(0);
		new ClassReader(original).accept(visitor.apply(writer), 0);
		return writer.toByteArray();
	}

	static byte[] classFile(String name) throws IOException {
		try (InputStream stream = JeromqClassesTests.class.getResourceAsStream("/" + name + ".class")) {
			return stream.readAllBytes();
		}
	}

}
