package io.github.zmqmonitor.internal.beans;

import org.zeromq.ZMQ;
import zmq.SocketBase;

/**
 * A socket that notices when the application sets one of the options that hints are made
 * of.
 */
abstract class OptionAwareSocket extends ZMQ.Socket {

	private boolean lossless;

	OptionAwareSocket(SocketBase base) {
		super(base);
	}

	/**
	 * Whether the application wants what can't be sent to be refused, not dropped.
	 */
	boolean isLossless() {
		return this.lossless;
	}

	abstract void optionSet();

	@Override
	public boolean setLinger(int value) {
		return noticed(super.setLinger(value));
	}

	@Override
	public boolean setReconnectIVL(int value) {
		return noticed(super.setReconnectIVL(value));
	}

	@Override
	public boolean setHeartbeatIvl(int value) {
		return noticed(super.setHeartbeatIvl(value));
	}

	@Override
	public boolean setHeartbeatTimeout(int value) {
		return noticed(super.setHeartbeatTimeout(value));
	}

	@Override
	public boolean setSndHWM(int value) {
		return noticed(super.setSndHWM(value));
	}

	@Override
	public boolean setRcvHWM(int value) {
		return noticed(super.setRcvHWM(value));
	}

	@Override
	public boolean setXpubNoDrop(boolean noDrop) {
		return noticedLossless(super.setXpubNoDrop(noDrop), noDrop);
	}

	@Override
	public boolean setRouterMandatory(boolean mandatory) {
		return noticedLossless(super.setRouterMandatory(mandatory), mandatory);
	}

	private boolean noticedLossless(boolean set, boolean lossless) {
		if (set) {
			this.lossless = lossless;
		}
		return noticed(set);
	}

	private boolean noticed(boolean set) {
		if (set) {
			optionSet();
		}
		return set;
	}

}
