package io.github.zmqmonitor.internal.instrument;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * What is changed in a class, and what it must have for that. A class without edits is
 * only looked at.
 * <p>
 * Here and in all that it uses are no lambdas and no concatenation of what the compiler
 * doesn't know: the JVM makes a class for each, which took longer than all the rest.
 */
final class ClassChange {

	private final String name;

	private final Set<String> needed = new TreeSet<>();

	private final List<MethodEdit> edits = new ArrayList<>();

	/**
	 * Begin a change.
	 * @param name the internal name of the class
	 */
	ClassChange(String name) {
		this.name = name;
	}

	/** Need a field of any visibility. */
	ClassChange field(String name, String descriptor) {
		this.needed.add(name.concat(" ").concat(descriptor));
		return this;
	}

	/** Need a public method. */
	ClassChange method(String signature) {
		this.needed.add("public ".concat(signature));
		return this;
	}

	ClassChange edit(MethodEdit edit) {
		this.edits.add(edit);
		return this;
	}

	String name() {
		return this.name;
	}

	String className() {
		return this.name.replace('/', '.');
	}

	boolean changes() {
		return !this.edits.isEmpty();
	}

	Set<String> needed() {
		return this.needed;
	}

	Set<String> changedMethods() {
		Set<String> methods = new TreeSet<>();
		for (MethodEdit edit : this.edits) {
			methods.add(edit.method());
		}
		return methods;
	}

	/**
	 * Return the changed class, or the original one if nothing is to be changed.
	 * @param original the class file
	 * @throws UnexpectedClassException if anything in it is not as expected
	 */
	byte[] apply(byte[] original) throws UnexpectedClassException {
		ClassReader reader = new ClassReader(original);
		if (!changes()) {
			accept(reader, null, ClassReader.SKIP_CODE);
			return original;
		}
		// the reader's constants are kept, and methods that are not changed are copied
		ClassWriter writer = new ClassWriter(reader, 0);
		accept(reader, writer, 0);
		return writer.toByteArray();
	}

	private void accept(ClassReader reader, @Nullable ClassWriter writer, int options) throws UnexpectedClassException {
		Editor editor = new Editor(writer);
		reader.accept(editor, options);
		editor.check();
	}

	@Override
	public String toString() {
		return this.name;
	}

	private final class Editor extends ClassVisitor {

		private final Set<String> missing = new TreeSet<>(ClassChange.this.needed);

		private final Set<String> changed = changedMethods();

		private final int[] found = new int[ClassChange.this.edits.size()];

		Editor(@Nullable ClassWriter writer) {
			super(Opcodes.ASM9, writer);
		}

		@Override
		public @Nullable FieldVisitor visitField(int access, String name, String descriptor, @Nullable String signature,
				@Nullable Object value) {
			this.missing.remove(name.concat(" ").concat(descriptor));
			return super.visitField(access, name, descriptor, signature, value);
		}

		@Override
		public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
				@Nullable String signature, String @Nullable [] exceptions) {
			String method = name.concat(descriptor);
			if ((access & Opcodes.ACC_PUBLIC) != 0) {
				this.missing.remove("public ".concat(method));
			}
			MethodVisitor visitor = super.visitMethod(access, name, descriptor, signature, exceptions);
			return (visitor == null || !this.changed.contains(method)) ? visitor
					: new MethodEditor(visitor, ClassChange.this.name, method, ClassChange.this.edits, this.found);
		}

		void check() throws UnexpectedClassException {
			for (String member : this.missing) {
				throw new UnexpectedClassException(ClassChange.this.name + " has no " + member);
			}
			for (int i = 0; i < this.found.length; i++) {
				MethodEdit edit = ClassChange.this.edits.get(i);
				if (this.found[i] != edit.expected() && edit.is(MethodEdit.Place.CODE)) {
					throw new UnexpectedClassException(
							ClassChange.this.name + "." + edit.method() + " has other code than expected");
				}
				if (this.found[i] != edit.expected()) {
					throw new UnexpectedClassException(ClassChange.this.name + "." + edit.method() + " has "
							+ this.found[i] + " of " + edit.expected() + " expected places");
				}
			}
		}

	}

	/**
	 * A class of JeroMQ's does not look as expected.
	 */
	static class UnexpectedClassException extends Exception {

		UnexpectedClassException(String message) {
			super(message);
		}

	}

}
