package io.github.zmqmonitor.sample;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the sample application listens and connects.
 *
 * @param serverHost the host that the client side connects to
 * @param orderPort where the order desk listens
 * @param pricePort where the price feed listens
 * @param vaultPort where the vault listens, which asks for a password
 * @param tickPort where the fast publisher listens
 * @param quotePort where quotes are looked for and nobody listens
 * @param invoiceName the ipc name of the invoices; JeroMQ makes a port of it, so that it
 * can be taken too
 */
@ConfigurationProperties("sample")
public record SampleProperties(@DefaultValue("localhost") String serverHost, @DefaultValue("5555") int orderPort,
		@DefaultValue("5556") int pricePort, @DefaultValue("5557") int vaultPort, @DefaultValue("5558") int tickPort,
		@DefaultValue("5999") int quotePort, @DefaultValue("invoices") String invoiceName) {
}
