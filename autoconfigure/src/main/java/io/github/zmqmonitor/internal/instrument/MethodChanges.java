package io.github.zmqmonitor.internal.instrument;

import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * The ways in which methods are changed.
 */
final class MethodChanges {

	private MethodChanges() {
	}

	/**
	 * Insert a call at the entry.
	 */
	static MethodChange atEntry(ProbeCall call) {
		return (next, found) -> new Visitor(next) {

			@Override
			public void visitCode() {
				super.visitCode();
				found.run();
				call.emit(this.next);
			}

		};
	}

	/**
	 * Insert a call before each return.
	 */
	static MethodChange beforeReturns(ProbeCall call) {
		return (next, found) -> new ReturnVisitor(next, found, call, 0);
	}

	/**
	 * Insert a call before one return.
	 * @param place the return, counted from 1; all are found
	 */
	static MethodChange beforeReturn(int place, ProbeCall call) {
		return (next, found) -> new ReturnVisitor(next, found, call, place);
	}

	/**
	 * Insert a call before a method of another class is called.
	 * @param target the other method, as {@code owner.name} and descriptor
	 */
	static MethodChange beforeCall(String target, ProbeCall call) {
		return (next, found) -> new CallVisitor(next, found, target) {

			@Override
			void called(Runnable original) {
				call.emit(this.next);
				original.run();
			}

		};
	}

	/**
	 * Insert a call after another method has returned.
	 * @param target the other method, as {@code owner.name} and descriptor
	 */
	static MethodChange afterCall(String target, ProbeCall call) {
		return (next, found) -> new CallVisitor(next, found, target) {

			@Override
			void called(Runnable original) {
				original.run();
				call.emit(this.next);
			}

		};
	}

	/**
	 * Call a probe instead of another method, with its arguments and what the call adds.
	 * @param target the other method, as {@code owner.name} and descriptor
	 */
	static MethodChange insteadOfCall(String target, ProbeCall call) {
		return (next, found) -> new CallVisitor(next, found, target) {

			@Override
			void called(Runnable original) {
				call.emit(this.next);
			}

		};
	}

	/**
	 * Insert a call after a field is set.
	 */
	static MethodChange afterField(String name, ProbeCall call) {
		return (next, found) -> new Visitor(next) {

			@Override
			public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
				super.visitFieldInsn(opcode, owner, field, descriptor);
				if (opcode == Opcodes.PUTFIELD && field.equals(name)) {
					found.run();
					call.emit(this.next);
				}
			}

		};
	}

	/**
	 * Rely upon a local variable that is set once, to what a method returns.
	 * @param target the method, as {@code owner.name} and descriptor
	 */
	static MethodChange relyUponLocal(int index, String target) {
		return (next, found) -> new LocalVisitor(next, found, index, target);
	}

	/**
	 * Insert calls at the entry, before each return and where an exception leaves the
	 * method.
	 * @param owner the class of the method, whose only parameter is a text
	 */
	static MethodChange around(String owner, ProbeCall entry, ProbeCall end, ProbeCall exception) {
		return (next, found) -> new ReturnVisitor(next, found, end, 0) {

			private final Label start = new Label();

			@Override
			public void visitCode() {
				super.visitCode();
				entry.emit(this.next);
				this.next.visitLabel(this.start);
			}

			@Override
			public void visitVarInsn(int opcode, int index) {
				super.visitVarInsn(opcode, index);
				if (opcode >= Opcodes.ISTORE && index < 2) {
					// one place too many: the parameter would not be what was passed
					found.run();
				}
			}

			@Override
			public void visitMaxs(int maxStack, int maxLocals) {
				Label handler = new Label();
				this.next.visitTryCatchBlock(this.start, handler, handler, null);
				this.next.visitLabel(handler);
				this.next.visitFrame(Opcodes.F_FULL, 2, new Object[] { owner, "java/lang/String" }, 1,
						new Object[] { "java/lang/Throwable" });
				exception.emit(this.next);
				this.next.visitInsn(Opcodes.ATHROW);
				super.visitMaxs(maxStack, maxLocals);
			}

		};
	}

	/**
	 * Knows the visitor that it feeds.
	 */
	private static class Visitor extends MethodVisitor {

		final MethodVisitor next;

		Visitor(MethodVisitor next) {
			super(Opcodes.ASM9, next);
			this.next = next;
		}

	}

	private static class ReturnVisitor extends Visitor {

		private final Runnable found;

		private final ProbeCall call;

		private final int place;

		private int returns;

		ReturnVisitor(MethodVisitor next, Runnable found, ProbeCall call, int place) {
			super(next);
			this.found = found;
			this.call = call;
			this.place = place;
		}

		@Override
		public void visitInsn(int opcode) {
			if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
				this.found.run();
				if (++this.returns == this.place || this.place == 0) {
					this.call.emit(this.next);
				}
			}
			super.visitInsn(opcode);
		}

	}

	private abstract static class CallVisitor extends Visitor {

		private final Runnable found;

		private final String target;

		CallVisitor(MethodVisitor next, Runnable found, String target) {
			super(next);
			this.found = found;
			this.target = target;
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			Runnable original = () -> super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
			if (this.target.equals(owner + "." + name + descriptor)) {
				this.found.run();
				called(original);
			}
			else {
				original.run();
			}
		}

		abstract void called(Runnable original);

	}

	private static final class LocalVisitor extends Visitor {

		private final Runnable found;

		private final int index;

		private final String target;

		private boolean called;

		LocalVisitor(MethodVisitor next, Runnable found, int index, String target) {
			super(next);
			this.found = found;
			this.index = index;
			this.target = target;
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
			this.called = this.target.equals(owner + "." + name + descriptor);
		}

		@Override
		public void visitVarInsn(int opcode, int index) {
			super.visitVarInsn(opcode, index);
			if (opcode >= Opcodes.ISTORE && index == this.index) {
				this.found.run();
				if (!this.called) {
					// one place too many: the variable would not be what was returned
					this.found.run();
				}
			}
		}

	}

}
