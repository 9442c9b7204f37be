package io.github.zmqmonitor.internal.instrument;

import org.jspecify.annotations.Nullable;

/**
 * One change of a method.
 */
final class MethodEdit {

	private final String method;

	private final Place place;

	private final int expected;

	private final @Nullable String target;

	private final int index;

	private final Object[] locals;

	private final ProbeCall[] calls;

	private MethodEdit(String method, Place place, int expected, @Nullable String target, int index,
			ProbeCall... calls) {
		this(method, place, expected, target, index, new Object[0], calls);
	}

	private MethodEdit(String method, Place place, int expected, @Nullable String target, int index, Object[] locals,
			ProbeCall... calls) {
		this.method = method;
		this.place = place;
		this.expected = expected;
		this.target = target;
		this.index = index;
		this.locals = locals;
		this.calls = calls;
	}

	/**
	 * Insert a call at the entry.
	 * @param method the name and descriptor of the changed method, as for all others
	 */
	static MethodEdit atEntry(String method, ProbeCall call) {
		return new MethodEdit(method, Place.ENTRY, 1, null, 0, call);
	}

	/**
	 * Insert a call before each return.
	 * @param returns how many there are
	 */
	static MethodEdit beforeReturns(String method, int returns, ProbeCall call) {
		return new MethodEdit(method, Place.RETURN, returns, null, 0, call);
	}

	/**
	 * Insert a call before the last return.
	 * @param returns how many there are
	 */
	static MethodEdit beforeLastReturn(String method, int returns, ProbeCall call) {
		return new MethodEdit(method, Place.RETURN, returns, null, returns, call);
	}

	/**
	 * Insert a call before other methods are called.
	 * @param calls how often
	 * @param target the other method, with its owner
	 */
	static MethodEdit beforeCall(String method, int calls, String target, ProbeCall call) {
		return new MethodEdit(method, Place.BEFORE_CALL, calls, target, 0, call);
	}

	/**
	 * Insert a call after another method has returned.
	 * @param target the other method, with its owner
	 */
	static MethodEdit afterCall(String method, String target, ProbeCall call) {
		return new MethodEdit(method, Place.AFTER_CALL, 1, target, 0, call);
	}

	/**
	 * Call a probe instead of another method, with its arguments and what the call adds.
	 * @param target the other method, with its owner
	 */
	static MethodEdit insteadOfCall(String method, String target, ProbeCall call) {
		return new MethodEdit(method, Place.INSTEAD_OF_CALL, 1, target, 0, call);
	}

	/**
	 * Insert a call after a field is set.
	 * @param field the field's name
	 */
	static MethodEdit afterField(String method, String field, ProbeCall call) {
		return new MethodEdit(method, Place.AFTER_FIELD, 1, field, 0, call);
	}

	/**
	 * Rely upon a local variable that is set once, to what a method returns.
	 * @param target the other method, with its owner
	 */
	static MethodEdit relyUponLocal(String method, int index, String target) {
		return new MethodEdit(method, Place.LOCAL, 1, target, index);
	}

	/**
	 * Insert a call into a branch: where a condition that uses what another method
	 * returns, or what a field holds, does not jump.
	 * @param target the other method, with its owner, or the field's name
	 * @param jump the opcode of the condition
	 */
	static MethodEdit inBranch(String method, String target, int jump, ProbeCall call) {
		return new MethodEdit(method, Place.BRANCH, 1, target, jump, call);
	}

	/**
	 * Insert a call on the way of a jump: a condition that uses what another method
	 * returns, or what a field holds, jumps to the end of the method, where the call is,
	 * and from there to where it led. What does not jump passes nothing new.
	 * @param target the other method, with its owner, or the field's name
	 * @param jump the opcode of the condition
	 * @param jumps how many such jumps there are, of which the last is meant
	 * @param locals the types of the local variables there, as in frames
	 */
	static MethodEdit onJump(String method, String target, int jump, int jumps, Object[] locals, ProbeCall call) {
		return new MethodEdit(method, Place.JUMP, jumps, target, jump, locals, call);
	}

	/**
	 * Insert a call before a field is read.
	 * @param reads how often it is read
	 * @param field the field's name
	 * @param index which of them is meant, counted from 1
	 */
	static MethodEdit beforeRead(String method, int reads, String field, int index, ProbeCall call) {
		return new MethodEdit(method, Place.BEFORE_READ, reads, field, index, call);
	}

	/**
	 * Rely upon the code of a method: what it calls, reads, writes and where it jumps.
	 * @param fingerprint what {@link MethodEditor} makes of them
	 */
	static MethodEdit relyUponCode(String method, int fingerprint) {
		return new MethodEdit(method, Place.CODE, fingerprint, null, 0);
	}

	/**
	 * Insert calls at the entry, before each return and where an exception leaves a
	 * method whose only parameter is a text.
	 * @param returns how many there are
	 */
	static MethodEdit around(String method, int returns, ProbeCall entry, ProbeCall end, ProbeCall exception) {
		return new MethodEdit(method, Place.AROUND, returns, null, 0, entry, end, exception);
	}

	String method() {
		return this.method;
	}

	int expected() {
		return this.expected;
	}

	boolean is(Place place) {
		return this.place == place;
	}

	boolean is(Place place, String target) {
		return this.place == place && target.equals(this.target);
	}

	/**
	 * Return the local variable, the only return or read that is meant, counted from 1,
	 * or the opcode of a condition.
	 */
	int index() {
		return this.index;
	}

	Object[] locals() {
		return this.locals;
	}

	ProbeCall call(int number) {
		return this.calls[number];
	}

	/** Where something is inserted. */
	enum Place {

		ENTRY, RETURN, BEFORE_CALL, AFTER_CALL, INSTEAD_OF_CALL, AFTER_FIELD, LOCAL, AROUND, BRANCH, JUMP, BEFORE_READ,
		CODE

	}

}
