package io.github.zmqmonitor.autoconfigure.libzmq;

import io.github.zmqmonitor.internal.libzmq.ZmqNativeReceiver;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the receiver with the application.
 */
class NativeReceiverLifecycle implements SmartLifecycle {

	private final ZmqNativeReceiver receiver;

	NativeReceiverLifecycle(ZmqNativeReceiver receiver) {
		this.receiver = receiver;
	}

	@Override
	public void start() {
		this.receiver.start();
	}

	@Override
	public void stop() {
		this.receiver.close();
	}

	@Override
	public boolean isRunning() {
		return this.receiver.isRunning();
	}

}
