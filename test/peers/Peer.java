import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;

/** mongo-java-server in memory on a free loopback port, until its standard input closes. */
class Peer {
  public static void main(String[] arguments) throws Exception {
    // Driver 7 wants wire version 9 or more; the server's own newest says less.
    MongoVersion version = new MongoVersion() {
      public List<Integer> getVersionArray() { return List.of(5, 0, 0); }
      public int getWireVersion() { return 13; }
    };
    MongoServer server = new MongoServer(H2Backend.inMemory().version(version));
    server.bind("127.0.0.1", 0);
    System.out.println("ready mongodb://127.0.0.1:" + server.getLocalAddress().getPort() + "/");
    while (System.in.read() >= 0) continue;
    System.exit(0);
  }
}
