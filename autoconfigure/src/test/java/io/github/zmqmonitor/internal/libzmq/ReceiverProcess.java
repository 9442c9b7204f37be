package io.github.zmqmonitor.internal.libzmq;

import java.util.Scanner;

import io.github.zmqmonitor.monitor.ZmqMonitor;

/**
 * A receiver with little memory: prints its address, and for each line of its input how
 * many sources it has.
 */
final class ReceiverProcess {

	private ReceiverProcess() {
	}

	public static void main(String[] arguments) throws Exception {
		ZmqMonitor monitor = new ZmqMonitor();
		ZmqNativeReceiver receiver = new ZmqNativeReceiver(monitor.registry(), SourcesFixture.settings(3));
		receiver.start();
		while (receiver.address() == null) {
			Thread.sleep(10);
		}
		System.out.println(receiver.address());
		for (Scanner input = new Scanner(System.in); input.hasNextLine(); input.nextLine()) {
			System.out.println(monitor.snapshot().sockets().size());
		}
		System.exit(0);
	}

}
