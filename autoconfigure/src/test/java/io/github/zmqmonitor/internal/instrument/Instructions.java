package io.github.zmqmonitor.internal.instrument;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * The instructions of a method as text, with labels numbered in order of their use.
 */
final class Instructions extends MethodVisitor {

	private final List<String> lines = new ArrayList<>();

	private final Map<Label, Integer> labels = new HashMap<>();

	private Instructions() {
		super(Opcodes.ASM9);
	}

	/**
	 * Return the instructions of all methods of a class, by name and descriptor.
	 */
	static Map<String, List<String>> of(byte[] classFile) {
		Map<String, List<String>> methods = new TreeMap<>();
		new ClassReader(classFile).accept(new ClassVisitor(Opcodes.ASM9) {

			@Override
			public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
					String[] exceptions) {
				Instructions instructions = new Instructions();
				methods.put(name + descriptor, instructions.lines);
				return instructions;
			}

		}, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		return methods;
	}

	@Override
	public void visitInsn(int opcode) {
		add(opcode, "");
	}

	@Override
	public void visitIntInsn(int opcode, int operand) {
		add(opcode, operand);
	}

	@Override
	public void visitVarInsn(int opcode, int index) {
		add(opcode, index);
	}

	@Override
	public void visitTypeInsn(int opcode, String type) {
		add(opcode, type);
	}

	@Override
	public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
		add(opcode, owner + "." + name + descriptor);
	}

	@Override
	public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
		add(opcode, owner + "." + name + descriptor);
	}

	@Override
	public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
		add(Opcodes.INVOKEDYNAMIC, name + descriptor + List.of(arguments));
	}

	@Override
	public void visitJumpInsn(int opcode, Label label) {
		add(opcode, number(label));
	}

	@Override
	public void visitLabel(Label label) {
		if (this.labels.containsKey(label)) {
			this.lines.add("label " + number(label));
		}
	}

	@Override
	public void visitLdcInsn(Object value) {
		add(Opcodes.LDC, value);
	}

	@Override
	public void visitIincInsn(int index, int increment) {
		add(Opcodes.IINC, index + " " + increment);
	}

	@Override
	public void visitTableSwitchInsn(int min, int max, Label standard, Label... cases) {
		add(Opcodes.TABLESWITCH, min + " " + max + " " + number(standard) + " " + cases.length);
	}

	@Override
	public void visitLookupSwitchInsn(Label standard, int[] keys, Label[] cases) {
		add(Opcodes.LOOKUPSWITCH, number(standard) + " " + cases.length);
	}

	private void add(int opcode, Object operand) {
		this.lines.add(opcode + " " + operand);
	}

	private int number(Label label) {
		return this.labels.computeIfAbsent(label, (it) -> this.labels.size());
	}

}
