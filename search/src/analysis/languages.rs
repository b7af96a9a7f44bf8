//! The languages that have an analyzer: every official language of the European Union and of North America's
//! countries, and a few that their neighbours write.
//!
//! A text in any other language is searched too, by its folded words ([`Slot::OTHER`]). Stemmers are Snowball's
//! (<https://snowballstem.org>). Bulgarian has one of our own. Where none exists (Latvian, Maltese, Slovak, Slovenian, Ukrainian)
//! words are folded only. Dutch has Porter's: the newer one keeps “groene” from “groen”
//! and “daken” from “dak”. Croatian and Bosnian use the Serbian stemmer, which grew out of a Croatian one.
//!
//! Invariant: the order of [`LANGUAGES`] is part of the layout of the index: append, or raise `index::LAYOUT`.

use frostem::Algorithm;
use tantivy::tokenizer::Language as Listed;

use super::stemmer::Stemming;

/// A language with a field of its own in the index.
pub struct Language {
    /// The primary subtag of its BCP 47 tag.
    pub tag: &'static str,
    pub stemming: Stemming,
    /// The engine's own stop-word list, where it has one.
    pub listed: Option<Listed>,
    /// Folded stop words that the engine has no list of, or leaves out of it.
    pub stop_words: &'static str,
}

const fn listed(tag: &'static str, stemmer: Algorithm, listed: Listed, stop_words: &'static str) -> Language {
    Language { tag, stemming: Stemming::Snowball(stemmer), listed: Some(listed), stop_words }
}

const fn stemmed(tag: &'static str, stemmer: Algorithm, stop_words: &'static str) -> Language {
    Language { tag, stemming: Stemming::Snowball(stemmer), listed: None, stop_words }
}

const fn folded(tag: &'static str, stop_words: &'static str) -> Language {
    Language { tag, stemming: Stemming::None, listed: None, stop_words }
}

/// Every language with an analyzer of its own.
pub static LANGUAGES: [Language; 31] = [
    Language {
        tag: "bg",
        stemming: Stemming::Bulgarian,
        listed: None,
        stop_words: "и в във на за от с със се да е са по не до като през към при този тази това тези който която което които че или но а \
         ще бъде бил била било били съм си ги го му им ли какво какъв каква кога къде кой коя кое кои защо как колко още само \
         също така там тук след преди между над под без всички всеки има няма може",
    },
    stemmed(
        "ca",
        Algorithm::Catalan,
        "el la els les un una uns unes de del dels i a al als en per amb que es no son com o ser esta han ha hi ho li seu seva \
         seus seves aquest aquesta aquests aquestes aixo quin quina quins quines qui quan on perque quant quants entre sobre \
         sense fins mes molt tot tots tambe pero si",
    ),
    stemmed(
        "cs",
        Algorithm::Czech,
        "a i v ve na z ze s se k ke o od do po pro pri za je jsou byl byla bylo byli jako ktery ktera ktere kteri nebo ale co \
         to by si sve jeho jeji jejich tento tato toto tyto ten ta kdo kdy kde proc jak kolik jaky jaka jake mezi nad pod bez \
         podle take uz jen az ma maji muze",
    ),
    listed(
        "da",
        Algorithm::Danish,
        Listed::Danish,
        "hvilken hvilket hvilke hvem hvad hvor hvornar hvorfor hvordan meget mange blev har havde er",
    ),
    listed(
        "de",
        Algorithm::German,
        Listed::German,
        "welche welcher welches welchen welchem wer wen wem wessen wann wo wohin woher warum wieso weshalb \
             wie wieviel wieviele wurde wurden worden wird werden ist sind war waren hat hatte hatten konnte \
             konnten kann durch nach bei seit",
    ),
    stemmed(
        "el",
        Algorithm::Greek,
        "ο η το οι τα του τησ των τον την τουσ τισ και σε στο στη στην στον στα στουσ στισ με για απο που πωσ να θα ειναι ηταν \
         ωσ ενα μια ενασ τι ποιοσ ποια ποιο ποιοι ποιεσ ποιων ποιον ποιουσ δεν οτι αυτο αυτη αυτοσ αυτα αυτοι αυτεσ κατα ποτε \
         πουσα ποσο ποσα ποσεσ ποσοι ποση γιατι οταν αν μετα πριν μεταξυ ειχε εχει εχουν ειχαν οποιο οποια οποιοσ οποιοι μπορει \
         επισησ αλλα τοτε εκει ητανε κατω πανω χωρισ προσ",
    ),
    listed(
        "en",
        Algorithm::English,
        Listed::English,
        "what when where who whom whose which why how do does did has have had been being am were can could would should \
                         may might must from we our us you your he his she her its i my me them those than also any some about",
    ),
    listed(
        "es",
        Algorithm::Spanish,
        Listed::Spanish,
        "cual cuales cuanto cuanta cuantos cuantas quien quienes donde cuando como que por para segun fue \
             fueron es son ser ha han habia hubo tiene tenia su sus cuyo cuya durante tras",
    ),
    stemmed(
        "et",
        Algorithm::Estonian,
        "ja on ei et see ka mis oma kui ning voi aga seda oli kes selle need nende tema nad me te mina sina olid olema pole kus \
         millal miks kuidas palju milline millised sest siis veel juba ainult koik enne parast uhe uks",
    ),
    stemmed(
        "eu",
        Algorithm::Basque,
        "eta da ez bat dira zen du ere edo hau hori hura dute zuen ziren izan baina nor zer non noiz nola zein zergatik zenbat \
         bere beren bezala ondoren arte baino oso",
    ),
    listed(
        "fi",
        Algorithm::Finnish,
        Listed::Finnish,
        "mika mitka mita missa mista mihin kuka ketka milloin miksi miten kuinka paljon monta on oli ovat \
             olivat",
    ),
    listed(
        "fr",
        Algorithm::French,
        Listed::French,
        "quel quelle quels quelles combien quand comment pourquoi ou qui quoi dont laquelle lequel lesquels \
             lesquelles est ce etait etaient sont fut furent ont avait peut celui celle ceux celles entre lors \
             apres avant ainsi aussi plus tres",
    ),
    stemmed(
        "ga",
        Algorithm::Irish,
        "an na agus a i ar is do le go ag ni de o bhi ata se si siad mar ach no cad cen conas ca cathain fath cé ta raibh sin \
         seo as faoi roimh gan sa san don den leis",
    ),
    folded(
        "gl",
        "o a os as un unha uns unhas de do da dos das e en no na nos nas por para con que se non como ser foi foron ten seu sua \
         seus suas este esta isto quen cando onde cal cales canto cantos porque entre sobre ata sen mais pero tamen ao aos",
    ),
    stemmed(
        "hr",
        Algorithm::Serbian,
        "i u na je se da za od su s sa o kao iz do po ne koji koja koje ili ali to bio bila bilo bili biti nije sam smo ste \
         ovaj ova ovo taj ta tko sto gdje kada zasto kako koliko koliki izmedu nad pod bez prema samo jos vec svi sve njegov \
         njezin njihov ce bi kroz te",
    ),
    listed(
        "hu",
        Algorithm::Hungarian,
        Listed::Hungarian,
        "melyik milyen ki kik mi mit hol hova honnan mikor miert hogyan mennyi hany volt voltak van vannak",
    ),
    listed(
        "it",
        Algorithm::Italian,
        Listed::Italian,
        "quale quali quanto quanta quanti quante chi cosa dove quando come perche fu furono era erano sono \
             stato stata stati state ha hanno aveva durante dopo",
    ),
    stemmed(
        "lt",
        Algorithm::Lithuanian,
        "ir i is su kad tai yra nuo uz po ar kaip bet o prie del buvo buti kas kur kada kodel kiek koks kokia kokie jis ji jie \
         jos jo ju sis si sie tas ta tie tarp be apie per pagal dar jau tik visi kuris kuri kurie savo taip",
    ),
    folded(
        "lv",
        "un ir no uz ar par ka pie vai bet kas to tas ari pec bija bijusi but kur kad kapec cik kads kada kadi vins vina vini \
         sis si sie so tie ta starp bez pret caur vel jau tikai visi kurs kura kuri savu lidz",
    ),
    folded(
        "mt",
        "il l u ta tal li fi fil ma minn biex dan din huwa hija jew ghal ghall kien kienet kienu dawn dawk dak dik x min meta \
         fejn ghaliex kif kemm liema bejn fuq taht minghajr imma wkoll",
    ),
    listed(
        "nl",
        Algorithm::DutchPorter,
        Listed::Dutch,
        "welke welk wie wat waar wanneer waarom hoe hoeveel werd werden wordt worden is zijn was waren heeft \
             hebben had hadden kan kon door na bij",
    ),
    listed(
        "no",
        Algorithm::Norwegian,
        Listed::Norwegian,
        "hvilken hvilket hvilke hvem hva hvor nar hvorfor hvordan mye mange ble har hadde er",
    ),
    stemmed(
        "pl",
        Algorithm::Polish,
        "i w we na z ze do o od po za przez przy dla jest sa sie nie to jak oraz ktory ktora ktore lub ale a co byl byla bylo \
         byli byc ten ta te tego tej tych jego jej ich kto kiedy gdzie dlaczego ile jaki jaka jakie czy miedzy nad pod bez juz \
         tylko tez takze ma maja moze jako podczas",
    ),
    listed(
        "pt",
        Algorithm::Portuguese,
        Listed::Portuguese,
        "qual quais quanto quanta quantos quantas quem onde quando como porque foi foram era eram sao ser tem \
             tinha durante apos cujo cuja",
    ),
    stemmed(
        "ro",
        Algorithm::Romanian,
        "si in de la a al ale ai cu pe din pentru este sunt un o unei unui unor sau dar ce care cine cand unde cum cat cata \
         cati cate cui caror carei carui carora fost era erau au fi fie fiind avea are avut se s sa isi ii le l il lui ei lor \
         nu mai dupa prin pana intre despre asupra fara ca daca acest aceasta acesta aceste acestei acestui acestor acestea cel \
         cea cei cele celor celui celei dintre dintr intr printr ar va vor am ati acea acel",
    ),
    listed(
        "ru",
        Algorithm::Russian,
        Listed::Russian,
        "какой какая какое какие каких каким какую какого какому сколько кто что где когда почему зачем как \
             куда откуда который которая которое которые которого которой которых чей чья чье это был была было \
             были стал стала во со после до для между",
    ),
    folded(
        "sk",
        "a i v vo na z zo s so sa k ku o od do po pre pri za je su bol bola bolo boli ako ktory ktora ktore ktori alebo ale to \
         ze by si svoj jeho jej ich tento tato toto tieto ten ta kto co kedy kde preco kolko aky aka ake medzi nad pod bez \
         podla tiez uz len ma maju moze",
    ),
    folded(
        "sl",
        "in v na z s za je so se da od do po pri ki kot ali pa ne to bi bil bila bilo bili biti ni sem smo ta tega te ti kdo \
         kaj kje kdaj zakaj kako koliko kateri katera katero katere med nad pod brez tudi ze le vsi njegov njen njihov bo bodo \
         o iz k ko ker",
    ),
    listed("sv", Algorithm::Swedish, Listed::Swedish, "vilken vilket vilka vem vad var nar varfor hur mycket manga blev har hade ar"),
    stemmed(
        "tr",
        Algorithm::Turkish,
        "ve bir bu da de ile icin olarak olan ne kim hangi nasil nerede kac mi ya veya gibi daha en cok kadar sonra oldu var \
         yok ise ki o su bunu bunun onun onlar biz siz ben sen kimin kime neden nicin zaman nereye nereden mu idi degil ama \
         fakat cunku once arasinda her hangisi hangileri midir nedir kimdir nelerdir olup oldugu eden tarafindan",
    ),
    folded(
        "uk",
        "і й в у на з із до від за про та що як не є це або але для при по під над між через без був була було були бути він \
         вона воно вони його її їх цей ця ці той те ті який яка яке які хто де коли чому скільки чи також ще вже тільки всі так \
         ж би зі",
    ),
];
