import java.net.*;
import java.net.http.*;
import java.nio.file.*;
import java.security.*;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.*;

/** Calls an interface, signed with Ed25519:  java Call.java GATEWAY KEY_ID PRIVATE_KEY_FILE PATH QUERY */
void main(String[] args) throws Exception {
    URI address = URI.create(args[0] + args[3] + "?" + args[4]);
    String params = "(\"@method\" \"@authority\" \"@path\" \"@query\");created=%d;nonce=\"%s\";keyid=\"%s\";alg=\"ed25519\""
            .formatted(System.currentTimeMillis() / 1000, UUID.randomUUID(), args[1]);
    String base = "\"@method\": GET\n\"@authority\": %s\n\"@path\": %s\n\"@query\": ?%s\n\"@signature-params\": %s"
            .formatted(address.getRawAuthority().toLowerCase(Locale.ROOT), address.getRawPath(), address.getRawQuery(), params);
    byte[] key = Base64.getMimeDecoder().decode(Files.readString(Path.of(args[2])).replaceAll("-----.*?-----", ""));
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key)));
    signer.update(base.getBytes());
    HttpRequest request = HttpRequest.newBuilder(address)
            .header("Signature-Input", "tiaoxi=" + params)
            .header("Signature", "tiaoxi=:" + Base64.getEncoder().encodeToString(signer.sign()) + ":").build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    System.out.println(answer.body());
    System.exit(answer.statusCode() == 200 ? 0 : 1);
}
