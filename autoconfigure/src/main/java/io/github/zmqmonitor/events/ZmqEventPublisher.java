package io.github.zmqmonitor.events;

import io.github.zmqmonitor.model.ZmqSocketEvent;
import io.github.zmqmonitor.model.ZmqSocketEventListener;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes each {@link ZmqSocketEvent} as an event of the application, on the listeners'
 * thread.
 */
public final class ZmqEventPublisher implements ZmqSocketEventListener {

	private final ApplicationEventPublisher publisher;

	/**
	 * Create a publisher.
	 * @param publisher where events go
	 */
	public ZmqEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onEvent(ZmqSocketEvent event) {
		this.publisher.publishEvent(event);
	}

}
