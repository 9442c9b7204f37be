package io.github.zmqmonitor;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/**
 * JeroMQ's poller without its one fault that tests can't count with. A channel that goes
 * from one handle to another while the key of the first is cancelled is never registered
 * again until something else is, and the handshake stands still. Here the poller looks
 * once more after each key that it cancels.
 */
final class MendedPoller extends ClassVisitor {

	private static final String POLLER = "zmq/poll/Poller";

	private int mended;

	private MendedPoller(ClassWriter writer) {
		super(SpringAsmInfo.ASM_VERSION, writer);
	}

	/**
	 * Define the mended class. Nobody may have loaded JeroMQ's yet.
	 */
	static void define() {
		try (InputStream classFile = MendedPoller.class.getClassLoader().getResourceAsStream(POLLER + ".class")) {
			ClassReader reader = new ClassReader(classFile);
			ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
			MendedPoller mender = new MendedPoller(writer);
			reader.accept(mender, 0);
			if (mender.mended != 1) {
				throw new IllegalStateException("Not the poller that is known: " + mender.mended + " places to mend");
			}
			Class<?> neighbour = Class.forName("zmq.poll.IPollEvents", false, MendedPoller.class.getClassLoader());
			MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(writer.toByteArray());
		}
		catch (IOException | ReflectiveOperationException ex) {
			throw new IllegalStateException("JeroMQ's poller can't be mended", ex);
		}
	}

	@Override
	public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
			String[] exceptions) {
		MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
		return new MethodVisitor(SpringAsmInfo.ASM_VERSION, method) {

			@Override
			public void visitMethodInsn(int opcode, String owner, String called, String type, boolean isInterface) {
				super.visitMethodInsn(opcode, owner, called, type, isInterface);
				if (owner.equals(Type.getInternalName(SelectionKey.class)) && called.equals("cancel")) {
					lookOnceMore();
				}
			}

			private void lookOnceMore() {
				MendedPoller.this.mended++;
				super.visitVarInsn(Opcodes.ALOAD, 0);
				super.visitInsn(Opcodes.ICONST_1);
				super.visitFieldInsn(Opcodes.PUTFIELD, POLLER, "retired", "Z");
				super.visitVarInsn(Opcodes.ALOAD, 0);
				super.visitFieldInsn(Opcodes.GETFIELD, POLLER, "selector", Type.getDescriptor(Selector.class));
				super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Type.getInternalName(Selector.class), "wakeup",
						Type.getMethodDescriptor(Type.getType(Selector.class)), false);
				super.visitInsn(Opcodes.POP);
			}

		};
	}

}
